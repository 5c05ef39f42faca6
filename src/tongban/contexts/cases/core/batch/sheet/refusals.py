"""Why a whole sheet, or a whole ZIP of papers, is not taken: before anything starts, and with the place."""

from __future__ import annotations

from tongban.kernel.refusals import N_, Refusal


class SheetRefused(Refusal):
    """Base of everything that is wrong with a sheet as a whole."""

    code = "sheet_refused"


class SheetTooLarge(SheetRefused):
    code = "sheet_too_large"
    message = N_("名单文件太大，最多 %(mib)s MB。请去掉图片和多余的工作表，或者分成几份。")
    status = 413


class SheetTypeUnknown(SheetRefused):
    code = "sheet_type_unknown"
    message = N_("这不是能读的表格。请用我们的模板，存成 XLSX 或者 CSV 再上传。")
    status = 415


class SheetOldFormat(SheetRefused):
    code = "sheet_old_format"
    message = N_("这是旧版 Excel（.xls）。请“另存为”XLSX 或者 CSV 再上传。")
    status = 415


class SheetLocked(SheetRefused):
    code = "sheet_locked"
    message = N_("这个文件设了密码，打不开。请去掉密码，另存以后再上传。")
    status = 415


class SheetMacros(SheetRefused):
    code = "sheet_macros"
    message = N_("这个文件带宏，不能收。请“另存为”不带宏的 XLSX 再上传。")
    status = 415


class SheetBroken(SheetRefused):
    code = "sheet_broken"
    message = N_("这个表格文件打不开，可能已经损坏。请另存一份再上传。")


class SheetBomb(SheetRefused):
    """It unpacks to more than any honest sheet of this many people."""

    code = "sheet_bomb"
    message = N_("这个文件解开以后太大，不像一份名单，不能收。请用我们的模板重新做一份。")


class SheetEmpty(SheetRefused):
    code = "sheet_empty"
    message = N_("名单是空的：第一行是列名，从第二行起一行写一个人。")


class SheetTooLong(SheetRefused):
    """More rows than the item takes in one batch; `row` is the first that is too many."""

    code = "sheet_too_long"
    message = N_("一次最多 %(most)s 人，名单到第 %(row)s 行已经超过。请分成几份。")


class FormulaInSheet(SheetRefused):
    code = "sheet_formula"
    message = N_("%(cell)s 里是公式。请“选择性粘贴”成值，再上传。")


class CellsMerged(SheetRefused):
    code = "sheet_merged"
    message = N_("%(cells)s 是合并的单元格。请取消合并，每格各写各的。")


class HeaderUnknown(SheetRefused):
    code = "sheet_header_unknown"
    message = N_("%(cell)s 的列名“%(text)s”不认识。列名应该是：%(labels)s。")


class HeaderMissing(SheetRefused):
    code = "sheet_header_missing"
    message = N_("第一行缺少这些列：%(labels)s。请用我们的模板。")


class HeaderTwice(SheetRefused):
    code = "sheet_header_twice"
    message = N_("%(first)s 和 %(second)s 的列名都是“%(label)s”。请删掉一列。")


class EncodingsMixed(SheetRefused):
    """Some lines are UTF-8 and others GB18030: two files were glued together."""

    code = "sheet_encodings_mixed"
    message = N_("第 %(line)s 行的编码和第 %(other)s 行不一样，读出来会是乱码。请用 Excel 打开检查，再存成一份 CSV。")


class NotText(SheetRefused):
    code = "sheet_not_text"
    message = N_("第 %(line)s 行里有读不出来的字符。请存成 UTF-8 或者 GB18030 编码的 CSV，或者用 XLSX。")


class ArchiveRefused(Refusal):
    """Base of everything that is wrong with a ZIP of papers as a whole."""

    code = "archive_refused"


class ArchiveBroken(ArchiveRefused):
    code = "archive_broken"
    message = N_("这个压缩包打不开。请重新压缩成 ZIP（不设密码）再上传。")


class ArchiveLocked(ArchiveRefused):
    code = "archive_locked"
    message = N_("这个压缩包设了密码。请重新压缩，不要设密码。")


class ArchiveTooLarge(ArchiveRefused):
    code = "archive_too_large"
    message = N_("这个压缩包太大：最多 %(files)s 个文件，解开以后最多 %(mib)s MB。请分成几包上传。")
    status = 413


class ArchiveUnsafe(ArchiveRefused):
    """A name in it points outside of it."""

    code = "archive_unsafe"
    message = N_("压缩包里的“%(name)s”指到了包外面，整包不能收。请重新压缩。")
