"""The topics of life and of business, all of them (STANDARDS §3.5): code and name."""

from __future__ import annotations

from tongban.kernel.refusals import N_

PERSON: tuple[tuple[str, str], ...] = (
    ("person:005", N_("生育收养")), ("person:010", N_("户籍办理")), ("person:015", N_("民族宗教")),
    ("person:020", N_("教育科研")), ("person:025", N_("入伍服役")), ("person:030", N_("就业创业")),
    ("person:035", N_("设立变更")), ("person:040", N_("准营准办")), ("person:045", N_("抵押质押")),
    ("person:050", N_("职业资格")), ("person:055", N_("行政缴费")), ("person:060", N_("婚姻登记")),
    ("person:065", N_("优待抚恤")), ("person:070", N_("规划建设")), ("person:075", N_("住房保障")),
    ("person:085", N_("社会保障")), ("person:090", N_("证件办理")), ("person:095", N_("交通出行")),
    ("person:100", N_("旅游观光")), ("person:105", N_("出境入境")), ("person:110", N_("消费维权")),
    ("person:115", N_("公共安全")), ("person:120", N_("司法公证")), ("person:125", N_("知识产权")),
    ("person:130", N_("环保绿化")), ("person:135", N_("文化体育")), ("person:140", N_("公用事业")),
    ("person:145", N_("医疗卫生")), ("person:150", N_("离职退休")), ("person:155", N_("死亡殡葬")),
    ("person:998", N_("地方特色")), ("person:999", N_("其他")),
)  # fmt: skip
CORP: tuple[tuple[str, str], ...] = (
    ("corp:005", N_("设立变更")), ("corp:010", N_("准营准办")), ("corp:015", N_("资质认证")),
    ("corp:020", N_("年检年审")), ("corp:025", N_("税收财务")), ("corp:030", N_("人力资源")),
    ("corp:035", N_("社会保障")), ("corp:040", N_("投资审批")), ("corp:045", N_("融资信贷")),
    ("corp:050", N_("抵押质押")), ("corp:055", N_("商务贸易")), ("corp:060", N_("招标拍卖")),
    ("corp:065", N_("海关口岸")), ("corp:070", N_("涉外服务")), ("corp:075", N_("农林牧渔")),
    ("corp:085", N_("规划建设")), ("corp:090", N_("交通运输")), ("corp:095", N_("环保绿化")),
    ("corp:100", N_("应对气候变化")), ("corp:105", N_("水务气象")), ("corp:110", N_("医疗卫生")),
    ("corp:115", N_("科技创新")), ("corp:120", N_("文体教育")), ("corp:125", N_("知识产权")),
    ("corp:130", N_("民族宗教")), ("corp:135", N_("质量技术")), ("corp:140", N_("检验检疫")),
    ("corp:145", N_("安全生产")), ("corp:150", N_("公安消防")), ("corp:155", N_("司法公证")),
    ("corp:160", N_("公用事业")), ("corp:165", N_("法人注销")), ("corp:170", N_("档案文物")),
    ("corp:998", N_("地方特色")), ("corp:999", N_("其他")),
)  # fmt: skip
TOPICS = PERSON + CORP
