"""Written acts as they go out: each kind says what its law wants said, and is numbered and kept once."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.conftest import HandClock
from tests.contexts.documents.samples import FACTS, ORGAN, PAPERS, PDF, picture
from tongban.contexts.documents import actions, queries
from tongban.contexts.documents.core import files
from tongban.contexts.documents.core.acts import TITLES, DocumentKind, FactsMissing
from tongban.contexts.documents.models import Issued
from tongban.foundation.storage import DiskStore, use
from tongban.kernel.refusals import NotFound

#: kind -> words the act may not lack
WORDS = {
    "receipt": ("已于2026年3月2日收到", "7K2M9Q", "五个工作日", "第三十二条", "食品经营许可申请书"),
    "supplement": ("第三十二条第一款第四项", "没有标明洗消间", "第3页没有勾选", "一次告知", "2026年3月20日前"),
    "acceptance": ("第三十二条第一款第五项", "5个工作日，2026年3月11日前", "20个工作日，2026年4月1日前", "第四十五条"),
    "not_accepted": ("不予受理", "洗消毒场所", "六十日内", "临江区人民政府", "六个月内", "临江区人民法院"),
    "not_competent": ("第三十二条第一款第一项", "不需要取得行政许可"),
    "special_notice": ("专家评审", "第四十五条", "5个工作日", "2026年3月6日"),
    "extension_notice": ("第四十二条", "陈立", "10个工作日", "2026年4月1日"),
    "grant": ("第三十八条第一款", "食品安全法》第三十五条", "准予行政许可", "十个工作日内", "第四十条", "显著位置公示"),
    "denial": (
        "第三十八条第二款",
        "不予行政许可",
        "洗消毒场所",
        "行政复议法》第二十条",
        "行政诉讼法》第四十六条",
        "人民法院",
    ),
    "inspection": (
        "第三十四条第三款",
        "王强",
        "李娜",
        "42990100124",
        "布局与平面图一致",
        "符合",
        "与切配区相连",
        "拒绝签名",
        "0123456789abcdef",
    ),
    "delivery": ("直接送达", "周敏", "临市监许准〔2026〕12号"),
    "withdrawal": ("撤回", "2026年3月2日", "终止"),
    "batch_receipt": ("批量申请", "共 2 件", "办件清单", "方启明", "7204", "沈佳怡", "第三十二条"),
    "commitment": ("当场作出决定", "承诺人知悉", "5个工作日内核查", "撤回承诺"),
    "table_account": ("规则只作准予的决定", "个人信息保护法》第二十四条", "人工复核", "布局与平面图一致", "六十日内"),
    "review_answer": ("人工复核", "复核结论", "王强", "符合"),
    "verification": ("已经核查", "王强", "李娜", "2026年3月20日以前改正", "陈述、申辩"),
    "visit_notice": (
        "第三十四条第三款",
        "王强",
        "李娜",
        "2026年3月9日9:30",
        "滨江路88号",
        "改一次时间",
        "不收取任何费用",
    ),
    "intended_adverse": ("第三十六条", "陈述、申辩", "不因您陈述申辩而作出更不利的决定", "照常计算"),
    "defence_record": ("陈述申辩内容", "陈述申辩人"),
    "interested_notice": ("第三十六条", "第四十七条", "不承担听证费用", "提意见期限"),
    "minutes": ("讨论情况", "表决", "讨论结果"),
    "recusal": ("回避", "申请的理由"),
    "deemed_renewal": ("第五十条第二款", "视为准予延续"),
    "hearing_right": ("第四十七条", "五个工作日内", "2026年3月20日", "二十个工作日内", "不承担"),
    "hearing_notice": ("第四十八条", "2026年3月9日9:30", "滨江路88号", "王强", "申请回避", "申辩和质证"),
    "hearing_record": ("隔断没有到顶", "已签名", "没有签名：中途离席", "王强"),
    "expert_review": ("没有利害关系", "隔断没有到顶", "多数意见", "第四十五条"),
    "commission": ("江城市食品检验所", "专家评审", "2026年3月20日"),
    "public_notice": ("江畔小馆食品经营许可", "食品经营许可", "2026年3月20日", "核实并答复", "保密"),
    "opinion_request": ("江城市食品检验所", "江畔小馆食品经营许可", "2026年3月20日", "视为没有意见"),
}


@pytest.fixture(autouse=True)
def _store(tmp_path: Path) -> object:
    use(DiskStore(tmp_path / "files"))
    yield
    use(None)


def text_of(pdf: bytes) -> tuple[str, int]:
    """The text without blanks and line ends, and the number of pages."""
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    text = "".join(page.extract_text() for page in reader.pages)
    return "".join(text.split()), len(reader.pages)


@pytest.mark.parametrize("kind", [kind for kind in DocumentKind if kind is not DocumentKind.LICENCE])
def test_every_act_is_worded_as_its_law_wants(kind: DocumentKind) -> None:
    pdf = actions.render_document(
        kind, FACTS, organ=ORGAN, number="临市监许准〔2026〕12号", issued_on=date(2026, 3, 20), demo=True
    )
    text, pages = text_of(pdf)
    for words in (TITLES[kind][0], FACTS.case_number, FACTS.item_name, "演示文书", *WORDS[kind.value]):
        assert "".join(words.split()) in text, words
    assert TITLES[kind][1].replace(" ", "") in text
    assert 1 <= pages <= 2
    assert b"pdfaid:part" in pdf  # PDF/A


def test_what_stops_no_clock_does_not_say_so() -> None:
    """A site visit is not in 行政许可法 45: its notice must not claim that its days do not count."""
    facts = replace(FACTS, procedure="现场核查", procedure_stops=False)
    pdf = actions.render_document("special_notice", facts, organ=ORGAN, number="1号", issued_on=date(2026, 3, 20))
    text = text_of(pdf)[0]
    assert "照常计算" in text
    assert "不计算在办理期限内" not in text


def test_an_act_of_a_real_city_carries_no_demo_mark() -> None:
    pdf = actions.render_document("grant", FACTS, organ=ORGAN, number="1号", issued_on=date(2026, 3, 20), demo=False)
    assert "演示" not in text_of(pdf)[0]


def test_facts_are_text_and_never_template_code() -> None:
    nasty = '#panic("x") $ x $ *bold* _it_ <label> @ref \\ // `raw` = 1'
    pdf = actions.render_document(
        "withdrawal",
        replace(FACTS, item_name=nasty, addressee=nasty, reasons=(nasty,)),
        organ=replace(ORGAN, name=nasty[:30]),
        number="1号", issued_on=date(2026, 3, 20),
    )  # fmt: skip
    assert '#panic("x")' in text_of(pdf)[0]


def test_the_same_facts_give_the_same_bytes() -> None:
    once, again = (
        actions.render_document("grant", FACTS, organ=ORGAN, number="1号", issued_on=date(2026, 3, 20))
        for _ in range(2)
    )
    assert once == again


def test_a_long_list_of_materials_goes_on_another_page() -> None:
    many = replace(FACTS, materials=FACTS.materials * 25)
    pdf = actions.render_document("supplement", many, organ=ORGAN, number="1号", issued_on=date(2026, 3, 20))
    assert text_of(pdf)[1] > 2


@pytest.mark.django_db
def test_an_act_is_numbered_kept_and_issued_once(clock: HandClock) -> None:
    common = {"agency": ORGAN, "actor": PAPERS, "now": clock.now()}
    first = actions.issue_document("grant", FACTS, **common, request_id="case:grant")
    again = actions.issue_document("grant", FACTS, **common, request_id="case:grant")
    other = actions.issue_document("grant", FACTS, **common, request_id="other:grant")
    denial = actions.issue_document("denial", FACTS, **common)
    assert again == first
    assert (first.number, other.number, denial.number) == (
        "临市监许准〔2026〕1号",
        "临市监许准〔2026〕2号",
        "临市监许不准〔2026〕1号",
    )
    record, data = queries.file(first.file_id)
    assert record.media_type == "application/pdf"
    assert record.sha256 == first.sha256
    assert "临市监许准〔2026〕1号" in text_of(data)[0]
    assert {document.number for document in queries.issued(FACTS.case_number)} == {
        first.number,
        other.number,
        denial.number,
    }


@pytest.mark.django_db
def test_an_act_that_may_not_go_out_takes_no_number(clock: HandClock) -> None:
    with pytest.raises(FactsMissing):
        actions.issue_document(
            "denial", replace(FACTS, reasons=()), agency=ORGAN, actor=PAPERS, now=clock.now(), request_id="r"
        )
    assert not Issued.objects.exists()
    issued = actions.issue_document("denial", FACTS, agency=ORGAN, actor=PAPERS, now=clock.now(), request_id="r")
    assert issued.number.endswith("1号")


@pytest.mark.django_db
def test_files_are_stored_and_found_with_one_statement_each(clock: HandClock) -> None:
    with CaptureQueriesContext(
        connection,
    ) as counted:
        stored = actions.store_file(
            data=picture(), filename="../平面图.png", accepts=("pdf", "png"), max_bytes=1 << 20, owner="person:1",
            now=clock.now(),
        )  # fmt: skip
    assert len(counted) == 1
    with CaptureQueriesContext(connection) as counted:
        found, data = queries.file(stored.id)
    assert len(counted) == 1
    assert found == stored
    assert (found.filename, found.media_type, data) == ("平面图.png", "image/png", picture())


@pytest.mark.django_db
def test_a_refused_file_leaves_nothing(clock: HandClock, tmp_path: Path) -> None:
    for data, refusal in ((b"", files.FileEmpty), (PDF * 40, files.FileTooLarge), (b"MZ....", files.FileTypeRefused)):
        with pytest.raises(refusal):
            actions.store_file(
                data=data, filename="a.pdf", accepts=("pdf",), max_bytes=1000, owner="person:1", now=clock.now()
            )
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == []


@pytest.mark.django_db
@pytest.mark.parametrize("file_id", ["00000000-0000-4000-8000-000000000000", "../../etc/passwd", ""])
def test_a_file_that_is_not_there_is_not_found(file_id: str) -> None:
    with pytest.raises(NotFound):
        queries.file(file_id)
