"""Facts, organs, files and orders the tests of documents share."""

from __future__ import annotations

from datetime import date
from io import BytesIO

from PIL import Image

from tongban.contexts.documents.core import DocumentFacts, Fact, LicenceOrder, MaterialLine, Officer, Organ
from tongban.contexts.documents.core.acts import RegisterLine
from tongban.contexts.parties.core import Actor, Role

ORGAN = Organ(
    key="market-linjiang",
    name="江城市临江区市场监督管理局",
    name_en="Linjiang District Administration for Market Regulation",
    credit_code="11420100MB0000001K",
    address="江城市临江区滨江路 1 号",
    phone="12345",
)
FACTS = DocumentFacts(
    addressee="江畔小馆",
    item_name="食品经营许可",
    item_name_en="Food business licence",
    case_number="4299010113100020260302000123",
    addressee_id_masked="4299**********002X",
    query_code="7K2M9Q",
    register=(
        RegisterLine(1, "方启明", "4299**********0013", "4299010113100020260302000124", "720413"),
        RegisterLine(2, "沈佳怡", "4299**********0021", "4299010113100020260302000125", "881204"),
    ),
    submitted_on=date(2026, 3, 2),
    received_on=date(2026, 3, 2),
    accepted_on=date(2026, 3, 4),
    decided_on=date(2026, 3, 20),
    promised_days=5,
    legal_days=20,
    promised_due=date(2026, 3, 11),
    legal_due=date(2026, 4, 1),
    materials=(
        MaterialLine("食品经营许可申请书", "电子件", 1, "第 3 页没有勾选"),
        MaterialLine("经营场所平面布局图", "复印件", 2, "没有标明洗消间"),
    ),
    reply_by=date(2026, 3, 20),
    reasons=("没有独立的餐用具清洗消毒场所。",),
    basis=("《中华人民共和国食品安全法》第三十五条",),
    conditions=("在经营场所显著位置公示许可证。",),
    procedure="专家评审",
    procedure_days=5,
    procedure_from=date(2026, 3, 6),
    extension_days=10,
    approved_by="陈立",
    review_organ="江城市临江区人民政府",
    court="江城市临江区人民法院",
    place="江城市临江区滨江路 88 号",
    happened_at="2026年3月9日 9:30",
    officers=(Officer("王强", "42990100123"), Officer("李娜", "42990100124")),
    findings=("布局与平面图一致。",),
    result="符合",
    documents=("准予行政许可决定书 临市监许准〔2026〕12号",),
    method="直接送达",
    receiver="周敏",
    licence_name="食品经营许可证",
    extra=(("规则", "示例"),),
    procedure_until=date(2026, 3, 13),
    checks=(("场所面积与图纸一致", "合格", ""), ("洗消间独立设置", "不合格", "与切配区相连")),
    photos=(("2026-03-09 09:40 后厨，北纬30.1 东经114.2", "0123456789abcdef"),),
    present="周敏在场，拒绝签名：不认可第 2 条",
    said=(("周敏", "已经隔开，有照片为证。"), ("审查人员", "隔断没有到顶。")),
    signed=(("周敏", ""), ("李娜", "中途离席")),
    subject="江畔小馆食品经营许可",
    asked="江城市食品检验所",
)
ORDER = LicenceOrder(
    case_id="5e1f0b2e-0000-4000-8000-000000000001",
    case_number=FACTS.case_number,
    item_code="FOOD",
    item_name="食品经营许可",
    item_name_en="Food business licence",
    licence_name="食品经营许可证",
    licence_name_en="Food business licence",
    holder_party_id="5e1f0b2e-0000-4000-8000-000000000002",
    holder_name="周小敏",
    holder_number_masked="4299**********002X",
    organ=ORGAN,
    valid_months=60,
    facts=(Fact("经营场所", "江城市临江区滨江路 88 号", "Premises"), Fact("经营项目", "热食类食品制售", "Scope")),
    conditions=("在经营场所显著位置公示许可证。",),
)
PAPERS = Actor(kind="system", id="system:papers", name="papers")


def officer(agency: str, *roles: Role) -> Actor:
    """An officer of an agency."""
    return Actor(kind="officer", id=f"officer:{agency}", agency=agency, roles=frozenset(roles))


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30)) -> bytes:
    """A true picture."""
    out = BytesIO()
    Image.new("RGB", size, "white").save(out, kind)
    return out.getvalue()


PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\nxref\n0 1\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n"
