"""What the language refuses."""

from __future__ import annotations

from tongban.kernel.refusals import N_, Refusal


class ExpressionRefused(Refusal):
    """An expression that is not FEEL; `column` counts from 1."""

    code = "expression_refused"
    message = N_("表达式“%(expression)s”在第%(column)s个字符处读不懂。请按 FEEL 书写。")


class ExpressionTooLarge(Refusal):
    """An expression that is too long or nested too deeply to be read."""

    code = "expression_too_large"
    message = N_("表达式“%(expression)s”太长或嵌套太深。请拆成几个决策。")


class EvaluationTooLong(Refusal):
    """An evaluation that went beyond its steps: a loop or a recursion without a sensible end."""

    code = "evaluation_too_long"
    message = N_("计算超过了允许的步数。请检查循环和递归是否会结束。")
