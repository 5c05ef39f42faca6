"""The written acts of a case 文书 (STANDARDS §4.5): their kinds, and the facts each must state to be lawful.

A template words the act; this module says which facts it may not go out without. Articles are those of
行政许可法 (2019) unless another law is named.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum

from tongban.kernel.refusals import N_, Refusal


class DocumentKind(StrEnum):
    RECEIPT = "receipt"  # 收件凭证
    SUPPLEMENT = "supplement"  # 补正材料通知书, art. 32(1)(4)
    ACCEPTANCE = "acceptance"  # 受理通知书, art. 32(1)(5), (2)
    NOT_ACCEPTED = "not_accepted"  # 不予受理通知书, art. 32(1)(2), (2)
    NOT_COMPETENT = "not_competent"  # 不受理告知 (no licence is needed), art. 32(1)(1)
    SPECIAL_NOTICE = "special_notice"  # 特别程序所需时间告知书, art. 45
    EXTENSION_NOTICE = "extension_notice"  # 延期告知书, art. 42
    GRANT = "grant"  # 准予许可决定书, art. 38(1)
    DENIAL = "denial"  # 不予许可决定书, art. 38(2)
    INSPECTION = "inspection"  # 现场核查记录, art. 34(3)
    LICENCE = "licence"  # 许可证件, art. 39
    DELIVERY = "delivery"  # 送达回证, art. 44
    WITHDRAWAL = "withdrawal"  # 撤回确认
    INTENDED_ADVERSE = "intended_adverse"  # 拟不予许可告知书 (陈述申辩), art. 7, 36
    DEFENCE_RECORD = "defence_record"  # 陈述申辩记录, art. 36
    INTERESTED_NOTICE = "interested_notice"  # 利害关系人告知书, art. 36, 47
    MINUTES = "minutes"  # 集体讨论记录
    RECUSAL = "recusal"  # 回避决定书
    DEEMED_RENEWAL = "deemed_renewal"  # 视为准予延续告知书, art. 50(2)
    VISIT_NOTICE = "visit_notice"  # 现场核查通知书, art. 34(3)
    HEARING_RIGHT = "hearing_right"  # 听证告知书, art. 47
    HEARING_NOTICE = "hearing_notice"  # 听证通知书, art. 48(1)(1)
    HEARING_RECORD = "hearing_record"  # 听证笔录, art. 48(1)(5)
    EXPERT_REVIEW = "expert_review"  # 专家评审意见书, art. 45
    COMMISSION = "commission"  # 检验检测委托书, art. 45
    PUBLIC_NOTICE = "public_notice"  # 公示
    OPINION_REQUEST = "opinion_request"  # 征求意见函
    COMMITMENT = "commitment"  # 告知承诺书, 优化营商环境条例 art. 19
    TABLE_ACCOUNT = "table_account"  # 自动决定说明书, 个人信息保护法 art. 24
    REVIEW_ANSWER = "review_answer"  # 人工复核答复书, 个人信息保护法 art. 24(3)
    VERIFICATION = "verification"  # 承诺核查结果告知书
    BATCH_RECEIPT = "batch_receipt"  # 批量申请收件凭证


#: kind -> (title, English subtitle, what stands between the organ's short name and the year in the number)
TITLES: dict[DocumentKind, tuple[str, str, str]] = {
    DocumentKind.RECEIPT: ("收件凭证", "Receipt of application", "收"),
    DocumentKind.SUPPLEMENT: ("补正材料通知书", "Notice of all corrections needed", "补"),
    DocumentKind.ACCEPTANCE: ("受理通知书", "Notice of acceptance", "受"),
    DocumentKind.NOT_ACCEPTED: ("不予受理通知书", "Notice of non-acceptance", "不受"),
    DocumentKind.NOT_COMPETENT: ("不受理告知书", "Notice that no licence is needed", "告"),
    DocumentKind.SPECIAL_NOTICE: ("特别程序所需时间告知书", "Notice of time needed for a special procedure", "特"),
    DocumentKind.EXTENSION_NOTICE: ("延长办理期限告知书", "Notice of extension", "延"),
    DocumentKind.GRANT: ("准予行政许可决定书", "Decision to grant a licence", "准"),
    DocumentKind.DENIAL: ("不予行政许可决定书", "Decision to deny a licence", "不准"),
    DocumentKind.INSPECTION: ("现场核查记录", "Record of on-site inspection", "核"),
    DocumentKind.LICENCE: ("行政许可证", "Administrative licence", "证"),
    DocumentKind.DELIVERY: ("送达回证", "Proof of service", "送"),
    DocumentKind.WITHDRAWAL: ("撤回申请确认书", "Confirmation of withdrawal", "撤"),
    DocumentKind.INTENDED_ADVERSE: ("陈述申辩权利告知书", "Notice of an intended adverse decision", "陈告"),
    DocumentKind.DEFENCE_RECORD: ("陈述申辩记录", "Record of statement and defence", "陈录"),
    DocumentKind.INTERESTED_NOTICE: ("利害关系人告知书", "Notice to an interested party", "利告"),
    DocumentKind.MINUTES: ("集体讨论记录", "Minutes of a collective discussion", "集"),
    DocumentKind.RECUSAL: ("回避决定书", "Decision on recusal", "回"),
    DocumentKind.DEEMED_RENEWAL: ("视为准予延续告知书", "Notice of renewal by law", "视延"),
    DocumentKind.VISIT_NOTICE: ("现场核查通知书", "Notice of on-site inspection", "核通"),
    DocumentKind.HEARING_RIGHT: ("听证告知书", "Notice of the right to a hearing", "听告"),
    DocumentKind.HEARING_NOTICE: ("听证通知书", "Notice of hearing", "听通"),
    DocumentKind.HEARING_RECORD: ("听证笔录", "Minutes of hearing", "听录"),
    DocumentKind.EXPERT_REVIEW: ("专家评审意见书", "Result of expert review", "评"),
    DocumentKind.COMMISSION: ("检验检测委托书", "Commission of a test", "委"),
    DocumentKind.PUBLIC_NOTICE: ("公示", "Public notice", "示"),
    DocumentKind.OPINION_REQUEST: ("征求意见函", "Request for an opinion", "征"),
    DocumentKind.COMMITMENT: ("告知承诺书", "Notice of conditions and commitment", "诺"),
    DocumentKind.TABLE_ACCOUNT: ("自动决定说明书", "Account of an automatic decision", "明"),
    DocumentKind.REVIEW_ANSWER: ("人工复核答复书", "Answer of a human review", "复"),
    DocumentKind.VERIFICATION: ("承诺核查结果告知书", "Result of verifying a commitment", "诺核"),
    DocumentKind.BATCH_RECEIPT: ("批量申请收件凭证", "Receipt of a batch application", "批收"),
}


@dataclass(frozen=True)
class Organ:
    """The organ that issues: its key, names, credit code, and 机关代字 (`short`, "" = made from the name)."""

    key: str
    name: str
    name_en: str = ""
    credit_code: str = ""
    short: str = ""
    address: str = ""
    phone: str = ""
    seal: str = "行政审批专用章"


@dataclass(frozen=True)
class MaterialLine:
    """One row of a list of materials; `note` says what is missing or wrong, "" = in order."""

    name: str
    form: str = ""  # 原件, 复印件, 电子件, 部门共享
    copies: int = 1
    note: str = ""


@dataclass(frozen=True)
class Officer:
    """An officer as named in a record; `number` is that of the enforcement certificate, "" = not shown."""

    name: str
    number: str = ""


@dataclass(frozen=True)
class RegisterLine:
    """One case of a batch in the annex of its receipt."""

    place: int
    name: str
    id_masked: str
    case_number: str
    query_code: str


@dataclass(frozen=True)
class DocumentFacts:
    """Everything a written act can state. Each kind needs some of it: see `NEEDED`.

    Plain text, dates as dates, days as int with `limit_unit` ("工作日", "日", "个月"). Law names with article as read
    aloud: "《中华人民共和国行政许可法》第三十二条第一款第五项".
    """

    addressee: str = ""
    item_name: str = ""
    item_name_en: str = ""
    case_number: str = ""
    addressee_id_masked: str = ""
    agent: str = ""  # 代理人
    query_code: str = ""  # receipt: code for looking the case up without login
    submitted_on: date | None = None
    received_on: date | None = None
    accepted_on: date | None = None
    decided_on: date | None = None
    promised_days: int | None = None
    legal_days: int | None = None
    limit_unit: str = "工作日"
    promised_due: date | None = None
    legal_due: date | None = None
    provisional: bool = False  # the due dates stand on a calendar that is not official yet
    materials: tuple[MaterialLine, ...] = ()
    reply_by: date | None = None  # supplement: when to bring them
    reasons: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()  # law and article
    conditions: tuple[str, ...] = ()  # grant: conditions imposed
    competent_organ: str = ""  # not accepted for want of competence: who is
    procedure: str = ""  # special procedure: 听证 招标 拍卖 检验 检测 检疫 鉴定 专家评审
    procedure_days: int | None = None
    procedure_from: date | None = None
    extension_days: int | None = None
    approved_by: str = ""  # extension: the organ's head who approved
    review_organ: str = ""  # 行政复议机关
    court: str = ""  # 有管辖权的人民法院
    place: str = ""  # inspection, service
    happened_at: str = ""  # inspection, service: date and time in words
    officers: tuple[Officer, ...] = ()
    findings: tuple[str, ...] = ()
    result: str = ""  # inspection: 符合 / 不符合 …
    documents: tuple[str, ...] = ()  # service: title and number of what was served
    method: str = ""  # service: 直接送达, 邮寄送达, 电子送达 …
    receiver: str = ""  # service: who took it
    licence_name: str = ""  # grant: licence that follows
    register: tuple[RegisterLine, ...] = ()  # batch receipt: every case of it
    extra: tuple[tuple[str, str], ...] = ()  # further rows of the item itself: (label, value)
    considered: str = ""  # decisions: how statements of the applicant and of interested parties were dealt with
    heard_on: date | None = None  # denial: when the applicant was told of it beforehand
    by_commission: bool = False  # decisions: by the window's chief representative, under a commission
    procedure_stops: bool = True  # special procedure: its time is not counted
    procedure_law: str = ""  # by which law it is not
    procedure_until: date | None = None
    checks: tuple[tuple[str, str, str], ...] = ()  # inspection: what was looked at, how it is, remark
    photos: tuple[tuple[str, str], ...] = ()  # inspection: when, where and what; digest of the file
    present: str = ""  # inspection: the applicant's presence and signature
    said: tuple[tuple[str, str], ...] = ()  # hearing, review: who, what
    signed: tuple[tuple[str, str], ...] = ()  # hearing: who; "" signed, else why not
    subject: str = ""  # what is published, tested or asked
    asked: str = ""  # body or person to whom it goes


_ALWAYS = ("addressee", "item_name", "case_number")
#: What an act of this kind may not go out without, beside addressee, item and case number.
NEEDED: dict[DocumentKind, tuple[str, ...]] = {
    DocumentKind.RECEIPT: ("received_on",),
    DocumentKind.SUPPLEMENT: ("received_on", "materials"),
    DocumentKind.ACCEPTANCE: ("accepted_on", "promised_days", "legal_days"),
    DocumentKind.NOT_ACCEPTED: ("reasons", "review_organ", "court"),
    DocumentKind.NOT_COMPETENT: ("reasons",),
    DocumentKind.SPECIAL_NOTICE: ("procedure", "procedure_days", "procedure_from"),
    DocumentKind.EXTENSION_NOTICE: ("reasons", "extension_days", "approved_by"),
    DocumentKind.GRANT: ("basis",),
    DocumentKind.DENIAL: ("reasons", "basis", "review_organ", "court"),
    DocumentKind.INSPECTION: ("place", "happened_at", "officers", "findings", "result"),
    DocumentKind.LICENCE: (),
    DocumentKind.DELIVERY: ("documents", "method", "receiver", "happened_at"),
    DocumentKind.WITHDRAWAL: ("submitted_on",),
    DocumentKind.INTENDED_ADVERSE: ("result", "findings", "reasons", "basis", "reply_by"),
    DocumentKind.DEFENCE_RECORD: ("receiver", "happened_at", "method"),
    DocumentKind.INTERESTED_NOTICE: ("receiver", "findings", "reply_by", "extra"),
    DocumentKind.MINUTES: ("happened_at", "place", "findings", "extra", "result"),
    DocumentKind.RECUSAL: ("receiver", "findings", "result", "approved_by"),
    DocumentKind.DEEMED_RENEWAL: ("decided_on", "extra"),
    DocumentKind.VISIT_NOTICE: ("place", "happened_at", "officers"),
    DocumentKind.HEARING_RIGHT: ("reasons", "reply_by"),
    DocumentKind.HEARING_NOTICE: ("place", "happened_at", "officers"),
    DocumentKind.HEARING_RECORD: ("place", "happened_at", "officers", "said", "signed"),
    DocumentKind.EXPERT_REVIEW: ("said", "result"),
    DocumentKind.COMMISSION: ("asked", "subject", "reply_by"),
    DocumentKind.PUBLIC_NOTICE: ("subject", "findings", "reply_by"),
    DocumentKind.OPINION_REQUEST: ("asked", "subject", "reply_by"),
    DocumentKind.COMMITMENT: ("submitted_on", "conditions", "basis", "procedure_days"),
    DocumentKind.TABLE_ACCOUNT: ("decided_on", "extra", "findings", "reasons", "basis", "review_organ", "court"),
    DocumentKind.REVIEW_ANSWER: ("decided_on", "result", "reasons", "officers"),
    DocumentKind.VERIFICATION: ("happened_at", "officers", "findings", "result"),
    DocumentKind.BATCH_RECEIPT: ("received_on", "register"),
}


@dataclass(frozen=True)
class IssuedDocument:
    """A document as it went out."""

    file_id: str
    number: str
    sha256: str
    kind: str
    title: str
    issued_on: date | None = None
    agency: str = ""
    id: str = ""


class UnknownKind(Refusal):
    code = "unknown_document_kind"
    message = N_("没有“%(kind)s”这种文书。")


class FactsMissing(Refusal):
    """`missing` names the fields, comma separated."""

    code = "document_facts_missing"
    message = N_("“%(title)s”缺少必须写明的内容：%(missing)s。补齐以后再出文书。")


class TwoInspectorsNeeded(Refusal):
    """行政许可法 34(3): two or more officers verify the substance of materials."""

    code = "two_inspectors_needed"
    message = N_("现场核查应当由两名以上工作人员进行，请写明至少两名不同的核查人员。")


def kind_of(kind: str) -> DocumentKind:
    """The kind by its key; refuses `UnknownKind`."""
    try:
        return DocumentKind(kind)
    except ValueError:
        raise UnknownKind(kind=kind) from None


def require(kind: DocumentKind, facts: DocumentFacts) -> None:
    """Refuses `FactsMissing` or `TwoInspectorsNeeded` when the act would lack what its law wants stated."""
    wanted = (*_ALWAYS, *NEEDED[kind])
    missing = [f.name for f in fields(facts) if f.name in wanted and _blank(getattr(facts, f.name))]
    if missing:
        raise FactsMissing(title=TITLES[kind][0], missing=", ".join(missing))
    two = kind in (DocumentKind.INSPECTION, DocumentKind.VISIT_NOTICE)
    if two and len({o.name + o.number for o in facts.officers}) < 2:
        raise TwoInspectorsNeeded


def _blank(value: object) -> bool:
    if isinstance(value, tuple):
        return all(_blank(part) for part in value)
    return value is None or (isinstance(value, str) and not value.strip())


#: Customary abbreviations in 机关代字, longest name first where one contains another.
_SHORT = (
    ("市场监督管理", "市监"), ("卫生健康", "卫健"), ("消防救援", "消"), ("城市管理", "城管"),
    ("林业", "林"), ("住房和城乡建设", "住建"), ("自然资源和规划", "自规"), ("生态环境", "环"),
    ("交通运输", "交"), ("文化和旅游", "文旅"), ("烟草专卖", "烟"), ("教育", "教"),
    ("公安局交警", "公交"), ("公安", "公"), ("水利", "水"), ("民政", "民"),
    ("人力资源和社会保障", "人社"), ("住房公积金", "公积金"), ("发展和改革", "发改"), ("财政", "财"),
    ("公共资源交易", "资交"), ("地下管线", "管线"), ("园林绿化", "园林"), ("医疗保障", "医保"),
    ("政务服务中心", "政务"), ("政务服务管理", "政管"), ("街道办事处", "办"),
)  # fmt: skip


def short_name(organ: Organ) -> str:
    """机关代字 of the organ: as given, else the place's first sign and the customary abbreviation (临市监)."""
    if organ.short:
        return organ.short
    for full, short in _SHORT:
        before, found, _ = organ.name.partition(full)
        if found:
            place = before.removesuffix("市").removesuffix("区").removesuffix("县")
            for mark in ("市", "县"):
                place = place.rpartition(mark)[2] or place
            return f"{place[:1]}{short}"
    return organ.name[:2] or organ.key


def document_number(organ: Organ, kind: DocumentKind, year: int, serial: int) -> str:
    """机关代字〔年〕序号, for example 临市监许受〔2026〕12号."""
    return f"{short_name(organ)}许{TITLES[kind][2]}〔{year}〕{serial}号"
