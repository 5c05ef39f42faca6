"""Why a whole list is refused: then nothing of it is loaded. What is wrong with one row stands in `Told`."""

from __future__ import annotations

from tongban.kernel.refusals import N_, Refusal


class ListRefused(Refusal):
    """Base: the file is not a list that can be read."""

    code = "list_refused"


class NotAList(ListRefused):
    code = "not_a_list"
    message = N_("这是%(kind)s，不是 CSV。请在表格软件里打开，另存为“CSV UTF-8”，再导入。")


class EncodingUnknown(ListRefused):
    code = "encoding_unknown"
    message = N_("第 %(line)s 行不是 %(encoding)s 编码。请核对编码，或用 --encoding 指定，也可以另存为“CSV UTF-8”。")


class ListEmpty(ListRefused):
    code = "list_empty"
    message = N_("文件里没有事项。请核对是否选对了文件。")


class ListCutOff(ListRefused):
    code = "list_cut_off"
    message = N_("文件不完整：第 %(line)s 行没有写完。一行也没有导入，请重新取得完整的文件。")


class QuotesBroken(ListRefused):
    code = "quotes_broken"
    message = N_("从第 %(line)s 行起引号不成对，一行也没有导入。请改正这一行，或重新导出文件。")


class ColumnsMissing(ListRefused):
    code = "columns_missing"
    message = N_("表头缺少这些列：%(columns)s。第一行应当是表头，请补上后再导入。")


class ColumnTwice(ListRefused):
    code = "column_twice"
    message = N_("表头里“%(column)s”出现了两次（第 %(first)s 列和第 %(second)s 列）。请只留一列。")


class TooManyRows(ListRefused):
    code = "too_many_rows"
    message = N_("文件超过 %(limit)s 行。请分成几个文件导入。")


class AgencyUnknown(ListRefused):
    code = "agency_unknown"
    message = N_("没有代号为“%(agency)s”的机关。请用 external.yaml 里的代号。")
