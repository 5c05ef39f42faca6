"""How well the checker tells vague wording from the same words in clear sentences.

Both lists are written after guides as cities publish them. `HELD_BACK` was put aside before the patterns were tuned.
"""

from __future__ import annotations

import pytest

from tongban.contexts.catalogue.core.check.wording import catch_all, vague

VAGUE = """
符合国家和本市的有关规定
法律、法规规定的其他条件
需要提交的其他材料
身份证、户口簿等相关材料
提交申请书及有关证明文件
必要时提供原件核对
视情况提供补充材料
根据需要提交相关资料
营业执照等
有与经营规模相适应的场所、设备等。
具有相关专业大专以上学历
审批部门要求的其他资料
材料以窗口要求为准
按要求提供照片
具体材料请咨询窗口工作人员
原则上应为本市户籍
一般应在30日内提出
具备一定的经济能力
有足够的资金
其他有关材料
其它需要说明的情况
相应的资质
有相应的技术人员
包括但不限于合同、发票
工作人员认为需要的材料
如有需要，另行通知
可能需要补充证明
视具体情况而定
其他能够证明身份的材料，如有关证件
申请人的有效证明材料等。
经有关部门批准
符合要求。
符合规定的材料，按规定提交
房产证、租赁合同等证明
土地使用权证明等相关手续
满足必要的条件
遗失声明、承诺书等文件
所需的材料
酌情减少
尽量提供完整的病历
若干照片
主管部门要求提供的证明
身份证件、授权书之类
合理的期限
需要时出示原件
有关单位出具的意见
提供适当的场所
以实际审批情况为准
除上述材料外，还需提交其他相关材料
法律、行政法规规定的其他情形
"""

CLEAR = """
有与申请项目有关的购销合同
与本工程相关的施工合同
《食品安全法》有关规定
消防安全等级为三级以上
英语等级证书
等候时间不计入
等额本息还款
具有同等学力
中等专业学校毕业
一等功证书
高等学校毕业证书
平等协商的书面记录
居民身份证、护照等有效身份证件
无需其他材料
不需要提交有关证明
不得要求提供其他材料
没有其他条件
其他应收款明细表
其他股东放弃优先购买权的声明
有两名以上其他合伙人
其他组织的登记证书
法定代表人、负责人等三人签名
营业执照、公章等2项
年满18周岁
有独立的卫生间
照片白底，近6个月内拍摄
申请人为本市户籍
不动产权证书
平面图上标明长、宽、高
按比例尺1:500绘制
根据《建筑法》第八条
签字盖章齐全
一般纳税人资格登记表
一定要本人签名
在规定的期限内提出
符合《公共场所卫生管理条例》第四条的要求
相关系数不小于0.9
依法取得土地使用权
按月缴存住房公积金满6个月
视力在5.0以上
视频资料一份
电视台播出合同
必修课成绩单
等高线图
与原件一致的复印件
请等我们的电话
对等承诺书
需在30日内领取
可以网上办，也可以到窗口办
按照合同约定交付的凭据
同该房屋有关的抵押合同
具备注册会计师资格
最近一个月的银行对账单
本人近期一寸照片
负责人的任职文件
章程由全体股东签名
资金不少于50万元
有经营场所，面积不少于20平方米
高等级公路施工许可
符合GB 5749的水质检测报告
"""

HELD_BACK_VAGUE = """
其他应当提交的材料
医疗机构认为有必要提供的病历
户口簿、结婚证等相关证明材料
视企业实际情况提供
相关部门的批准文件
符合相关标准
规章规定的其他要求
有一定规模的场地
通常需要提供社保记录
照片、视频等资料
诸如租赁合同
必要的设施
根据实际情况补充
有关人员的身份证明
登记机关要求的其他文件
"""

HELD_BACK_CLEAR = """
无其他债务
甲等医院出具的诊断书
三等残疾军人证
与劳动者签订的有关工资的约定
不再要求提供任何证明
其他货币资金明细账
等离子切割机合格证
教育部等五部门联合发文的复印件
申请表由单位盖章
相邻权利人同意的书面意见
有关联关系的企业名单
必要劳动时间的计算表
视同缴费年限认定表
特等奖证书
等候区不少于10个座位
"""


def lines(text: str) -> list[str]:
    return text.split()


def rates(bad: list[str], good: list[str]) -> tuple[float, float]:
    """How many of the vague ones are found, and how many of those found are vague."""
    found = sum(bool(vague(one) or catch_all(one)) for one in bad)
    alarms = sum(bool(vague(one) or catch_all(one)) for one in good)
    return found / len(bad), found / (found + alarms)


def test_on_the_wordings_it_was_tuned_with() -> None:
    recall, precision = rates(lines(VAGUE), lines(CLEAR))
    assert (recall, precision) == (1.0, 1.0)


def test_on_wordings_held_back() -> None:
    recall, precision = rates(lines(HELD_BACK_VAGUE), lines(HELD_BACK_CLEAR))
    assert recall >= 0.9
    assert precision >= 0.9


@pytest.mark.parametrize("name", ["设备布局图", "其他应收款明细表", "身份证明", "等级评定证书", "消防安全等级说明"])
def test_names_that_only_look_like_catch_alls_pass(name: str) -> None:
    assert catch_all(name) == ""


@pytest.mark.parametrize(
    "name",
    ["其他材料", "法律、法规规定的其他文件", "身份证、户口簿等材料", "有关证明材料", "窗口要求的其他手续", "相关资料"],
)
def test_catch_alls_are_told_by_their_name(name: str) -> None:
    assert catch_all(name)
