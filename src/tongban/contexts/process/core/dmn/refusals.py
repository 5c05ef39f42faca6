"""Why a decision model or a question to it is not taken: each names the element and its line, or the input."""

from __future__ import annotations

from tongban.kernel.refusals import N_, Refusal


class ModelRefused(Refusal):
    """Base of what makes a model unusable; `line` is where, `element` what."""

    code = "decision_model_refused"
    message = N_("决策模型第%(line)s行的 %(element)s 不能使用。")

    def __init__(self, element: str, line: int, **params: object) -> None:
        super().__init__()
        self.params = {"element": element, "line": line, **params}
        self.element, self.line = element, line


class ModelUnreadable(ModelRefused):
    """The text is no XML, has a document type, or is too large."""

    code = "decision_model_unreadable"
    message = N_("决策模型第%(line)s行读不懂：不是规范的 XML，或者含有文档类型声明，或者过大。")


class NoModel(ModelRefused):
    """The root is no DMN definitions element of a known version."""

    code = "decision_model_none"
    message = N_("第%(line)s行的 %(element)s 不是 DMN 1.2 至 1.6 的 definitions。")


class ElementNotRead(ModelRefused):
    """A DMN element that is not known here, or stands where it cannot."""

    code = "decision_element_not_read"
    message = N_("决策模型第%(line)s行的 %(element)s 不在平台支持的 DMN 范围内，或者位置不对。")


class PartMissing(ModelRefused):
    """An element lacks what it needs."""

    code = "decision_part_missing"
    message = N_("决策模型第%(line)s行的 %(element)s 缺少 %(part)s。")


class TypeNotKnown(ModelRefused):
    """A typeRef names no type."""

    code = "decision_type_not_known"
    message = N_("决策模型第%(line)s行的 %(element)s 引用了没有定义的类型“%(type)s”。")


class RequirementNotKnown(ModelRefused):
    """An href leads nowhere."""

    code = "decision_requirement_not_known"
    message = N_("决策模型第%(line)s行的 %(element)s 引用的“%(href)s”不存在。")


class RequirementsCircular(ModelRefused):
    """A decision requires itself, by way of others."""

    code = "decision_requirements_circular"
    message = N_("决策模型第%(line)s行的 %(element)s 经由其他决策又依赖自己。")


class ExpressionNotRead(ModelRefused):
    """An expression that is not FEEL."""

    code = "decision_expression_not_read"
    message = N_("决策模型第%(line)s行的 %(element)s 中，表达式“%(expression)s”读不懂（第%(column)s个字符）。")


class CellNotRead(ModelRefused):
    """A cell of a table that does not parse."""

    code = "decision_cell_not_read"
    message = N_(
        "决策表“%(element)s”（第%(line)s行）第%(rule)s条规则第%(place)s列的“%(expression)s”读不懂（第%(column)s个字符）。"
    )


class PolicyNotKnown(ModelRefused):
    """A hit policy or aggregation that DMN does not have, or that does not fit the table."""

    code = "decision_policy_not_known"
    message = N_("决策表“%(element)s”（第%(line)s行）的命中策略“%(policy)s”不存在，或者不适合这张表。")


class DecisionNotKnown(Refusal):
    """The model has no decision of that name."""

    code = "decision_not_known"
    message = N_("模型中没有名为“%(name)s”的决策。已有：%(known)s。")
    status = 404


class InputNotKnown(Refusal):
    """The model has no input of that name."""

    code = "decision_input_not_known"
    message = N_("模型中没有名为“%(name)s”的输入。已有：%(known)s。")


class InputMissing(Refusal):
    """The decision needs an input that was not given."""

    code = "decision_input_missing"
    message = N_("缺少输入“%(name)s”。没有值时请明确写 null。")


class InputNotOfType(Refusal):
    """A value that the input's type does not take."""

    code = "decision_input_not_of_type"
    message = N_("输入“%(name)s”的值不符合类型 %(type)s 或者不在允许的取值之内。")


class TableOverlap(ModelRefused):
    """Two rules of a table that wants one answer hit together."""

    code = "decision_table_overlap"
    message = N_("决策表“%(element)s”（第%(line)s行）的第%(first)s条和第%(second)s条规则重叠，例如：%(example)s。")


class TableGap(ModelRefused):
    """No rule of a table without default hits."""

    code = "decision_table_gap"
    message = N_("决策表“%(element)s”（第%(line)s行）有空白，没有规则适用于：%(example)s。请补上规则或者默认输出。")
