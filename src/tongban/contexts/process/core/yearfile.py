"""A calendar year as a city writes it into a small file, YAML or CSV.

    year: 2027
    source: 国办发明电〔2026〕8号
    rest: [2027-01-01..2027-01-03, 2027-02-05..2027-02-12]
    work: [2027-01-09]

or the same as CSV, whose notice is named beside it: `date,kind` with one day or range a line, kind `rest` or `work`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import yaml

from tongban.kernel.refusals import N_, Refusal
from tongban.kernel.workdays import Year

LARGEST: Final = 100_000  # bytes; the notice of a year comes to less than one per cent of it
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_KEYS: Final = frozenset({"year", "source", "provisional", "rest", "work"})
_KINDS: Final = {"rest": "rest", "work": "work", "放假": "rest", "休": "rest", "上班": "work", "班": "work"}


class YearFileUnreadable(Refusal):
    """The file is no calendar: `where` names the line or the key."""

    code = "year_file_unreadable"
    message = N_("这个文件不能当作日历读取：%(where)s 的“%(text)s”看不懂。")


class YearFileDay(Refusal):
    code = "year_file_day"
    message = N_("%(where)s 的“%(text)s”不是日期。请写成 2027-01-01，连续几天写成 2027-01-01..2027-01-03。")


class YearFileEmpty(Refusal):
    code = "year_file_empty"
    message = N_("文件里没有一天，也没有写明年份。")


class YearFileTooLarge(Refusal):
    code = "year_file_too_large"
    message = N_("文件太大：一年的日历不会超过 %(most)s 字节。")


@dataclass(frozen=True)
class YearFile:
    """What a file says: the year and, in YAML, the notice it comes from."""

    year: Year
    source: str


def read_year(content: bytes, *, csv_file: bool, provisional: bool = False) -> YearFile:
    """The year in `content`. `provisional` marks it where the file does not.

    Refuses `YearFileTooLarge`, `YearFileUnreadable`, `YearFileDay`, `YearFileEmpty`. Whether its days make a year is
    for `years.decide` to say.
    """
    if len(content) > LARGEST:
        raise YearFileTooLarge(most=LARGEST)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise YearFileUnreadable(where=f"UTF-8 {wrong.start}", text="?") from None
    return _from_csv(text, provisional) if csv_file else _from_yaml(text, provisional)


def _from_yaml(text: str, provisional: bool) -> YearFile:
    try:
        found: Any = yaml.load(text, Loader=yaml.CBaseLoader)  # noqa: S506 - makes nothing but text, lists, mappings
    except yaml.YAMLError as wrong:
        mark = getattr(wrong, "problem_mark", None)
        where = str(mark.line + 1) if mark else "YAML"
        raise YearFileUnreadable(where=where, text=getattr(wrong, "problem", "") or "?") from None
    if not found:
        raise YearFileEmpty
    if not isinstance(found, dict):
        raise YearFileUnreadable(where="1", text=text.strip()[:40])
    for key, value in found.items():
        if (key not in _KEYS or (key in ("rest", "work")) != isinstance(value, list)) and value != "":
            raise YearFileUnreadable(where=str(key)[:40], text=str(value)[:40])
    rest, work = (_days(key, found.get(key) or []) for key in ("rest", "work"))
    flag = str(found.get("provisional", "")).lower()
    if flag not in ("", "true", "false"):
        raise YearFileUnreadable(where="provisional", text=flag[:40])
    number = found.get("year", "")
    return _made(str(number), rest, work, provisional or flag == "true", str(found.get("source", "")))


def _days(key: str, values: list[Any]) -> frozenset[date]:
    return frozenset(day for value in values for day in _stretch(key, value))


def _from_csv(text: str, provisional: bool) -> YearFile:
    sets: dict[str, set[date]] = {"rest": set(), "work": set()}
    for number, row in enumerate(csv.reader(text.splitlines()), 1):
        cells = [cell.strip() for cell in row]
        if not any(cells) or (number == 1 and cells[0].lower() in ("date", "日期")):
            continue
        kind = _KINDS.get(cells[1].lower()) if len(cells) > 1 else None
        if kind is None:
            raise YearFileUnreadable(where=str(number), text=",".join(cells)[:40])
        sets[kind].update(_stretch(str(number), cells[0]))
    return _made("", frozenset(sets["rest"]), frozenset(sets["work"]), provisional, "")


def _stretch(where: str, value: object) -> Iterator[date]:
    """The days of `2027-01-01` or `2027-01-01..2027-01-03`."""
    first, dots, last = value.partition("..") if isinstance(value, str) else ("", "", "")
    day, end = _one(where, first, value), _one(where, last if dots else first, value)
    if not day <= end <= day + timedelta(days=366):
        raise YearFileDay(where=where, text=str(value)[:40])
    while day <= end:
        yield day
        day += timedelta(days=1)


def _one(where: str, text: str, whole: object) -> date:
    try:
        if _DAY.fullmatch(text.strip()):
            return date.fromisoformat(text.strip())
    except ValueError:
        pass
    raise YearFileDay(where=where, text=str(whole)[:40])


def _made(number: str, rest: frozenset[date], work: frozenset[date], provisional: bool, source: str) -> YearFile:
    if not number:
        if not rest | work:
            raise YearFileEmpty
        number = str(min(rest | work).year)
    if not re.fullmatch(r"\d{4}", number, re.ASCII):
        raise YearFileUnreadable(where="year", text=number[:40])
    return YearFile(Year(int(number), rest, work, provisional), source.strip())
