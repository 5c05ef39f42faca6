"""Logs read as streams: real ones as an independent tool counts them, every kind of bad one refused with its place."""

from __future__ import annotations

import gzip
import io
import json
import tracemalloc
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from tests.contexts.process.replays import route_of, shared
from tongban.contexts.process.core.replay import refusals, table, xes
from tongban.contexts.process.core.replay.history import History, picture
from tongban.contexts.process.core.replay.log import Log, collect, figures
from tongban.contexts.process.core.replay.matching import match
from tongban.contexts.process.core.replay.recorded import Trace
from tongban.contexts.process.core.replay.unpacked import unpacked
from tongban.kernel.workdays import Calendar, CalendarMissing, Year
from tongban.site.cli.main import main

HEAD = '<?xml version="1.0"?>\n<log xes.version="1.0" xmlns="http://www.xes-standard.org/">\n'
EVENT = (
    '<event><string key="concept:name" value="{name}"/><date key="time:timestamp" value="{at}"/>'
    '<string key="lifecycle:transition" value="{step}"/></event>\n'
)


def event(name: str = "a", at: str = "2024-03-01T09:00:00+08:00", step: str = "complete") -> str:
    return EVENT.format(name=name, at=at, step=step)


def trace(*events: str, case: str = "1") -> str:
    return f'<trace><string key="concept:name" value="{case}"/>\n{"".join(events)}</trace>\n'


def read(text: str | bytes, piece: int = 64 * 1024) -> list[Trace]:
    data = text.encode() if isinstance(text, str) else text
    stream = io.BytesIO(data)
    return list(xes.traces(unpacked(iter(lambda: stream.read(piece), b""))))


def pieces_of(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from iter(lambda: file.read(64 * 1024), b"")


@pytest.mark.parametrize("name", ["receipt.xes.gz", "receipt.csv"])
def test_a_real_log_is_counted_as_an_independent_tool_counts_it(name: str) -> None:
    pieces = unpacked(pieces_of(shared("eventlog-receipt", name)))
    log = collect(table.traces(pieces) if name.endswith(".csv") else xes.traces(pieces))
    expected = json.loads(shared("eventlog-receipt", "expected_pm4py.json").read_text())
    found = figures(log)
    assert (len(log.cases), log.events) == (expected["cases"], expected["events"])
    assert len(log.activities) == expected["activities"]
    assert found.activities == expected["activity_counts"]
    assert found.starts == expected["start_activities"]
    assert found.ends == expected["end_activities"]
    assert {(a, b): count for a, b, count in expected["dfg"]}.items() <= found.follows.items()
    assert len(log.variants) == expected["variants"]
    top = {" > ".join(log.activities[each] for each in variant): count for variant, count in islice(log.counted(), 20)}
    assert dict(expected["top_variants"]).items() <= top.items()
    assert found.seconds == pytest.approx(expected["case_duration_seconds"])


@pytest.mark.parametrize("piece", [1, 7, 65536])
def test_what_matters_of_a_log_is_read_and_the_rest_passed_over(piece: int) -> None:
    nested = '<string key="note" value="x"><string key="concept:name" value="inner"/></string>'
    text = (
        HEAD
        + '<global scope="event"><string key="concept:name" value="UNKNOWN"/></global><!-- c -->\n'
        + trace(nested, event("登记 &amp; 受理", "2024-03-01T09:00:00.123+01:00", "START"), event("b"), case="办件1")
        + '<trace><event>' + nested + event("c")[len("<event>") :] + "</trace></log>"
    )  # fmt: skip
    first, second = read(text, piece)
    assert (first.case, second.case) == ("办件1", "#2")
    assert [(one.activity, one.is_done) for one in first.events] == [("登记 & 受理", False), ("b", True)]
    assert first.events[0].at.isoformat() == "2024-03-01T09:00:00.123000+01:00"
    assert [one.activity for one in second.events] == ["c"]


GOOD = HEAD + trace(event(), event("b")) + "</log>"
BAD: list[tuple[str, str | bytes, type[refusals.LogRefused], int]] = [
    ("not XML", "case,activity\n1,a\n", refusals.LogUnreadable, 1),
    ("nothing", "", refusals.LogUnreadable, 1),
    ("not XES", '<?xml version="1.0"?>\n<html/>', refusals.LogNotXes, 2),
    ("cut", GOOD[:-40], refusals.LogTruncated, 5),
    ("cut packed", gzip.compress(GOOD.encode() * 1)[:-12], refusals.LogTruncated, 0),
    ("broken packed", b"\x1f\x8b" + b"no gzip at all", refusals.LogUnreadable, 0),
    ("entities", '<!DOCTYPE log [<!ENTITY a "b">]>\n<log/>', refusals.LogWithEntities, 1),
    ("no name", HEAD + "<trace><event>\n</event></trace></log>", refusals.LogValueMissing, 3),
    (
        "no time",
        HEAD + '<trace>\n<event><string key="concept:name" value="a"/></event></trace></log>',
        refusals.LogValueMissing,
        4,
    ),
    ("no real time", HEAD + trace(event(at="yesterday")) + "</log>", refusals.LogTimeUnreadable, 4),
    ("event outside", HEAD + event() + "</log>", refusals.LogEventOutside, 3),
    ("deep", HEAD + "<a>" * 100, refusals.LogTooLarge, 3),
    ("long tag", HEAD + '<a b="' + "x" * 2_000_000, refusals.LogTooLarge, 3),
    ("long name", HEAD + trace(event("n" * 70_000)) + "</log>", refusals.LogTooLarge, 4),
    ("bad end", HEAD + trace(event()) + "</lag>", refusals.LogUnreadable, 6),
]


@pytest.mark.parametrize(("text", "kind", "line"), [bad[1:] for bad in BAD], ids=[bad[0] for bad in BAD])
def test_a_bad_log_is_refused_with_its_line(text: str | bytes, kind: type[refusals.LogRefused], line: int) -> None:
    with pytest.raises(refusals.LogRefused) as refused:
        read(text)
    assert type(refused.value) is kind
    assert refused.value.params["line"] == line
    assert str(refused.value)


@pytest.mark.parametrize(
    "text", [HEAD + "</log>", HEAD + trace() + "</log>", HEAD + trace(event(step="start")) + "</log>"]
)
def test_a_log_in_which_nothing_is_done_is_refused(text: str) -> None:
    with pytest.raises(refusals.LogEmpty):
        collect(read(text))


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    line = event().encode() * 1000
    packed = gzip.compress(HEAD.encode() + b"<trace>" + line * 400)  # 60 MB of the same
    pieces = unpacked(packed[at : at + 4096] for at in range(0, len(packed), 4096))
    sizes: list[int] = []
    with pytest.raises(refusals.LogPackedTooTight):
        sizes.extend(map(len, pieces))
    assert sum(sizes) < 20 * 1024**2


def test_packed_in_pieces_is_the_same() -> None:
    text = (HEAD + "".join(trace(event(), event("b"), case=str(n)) for n in range(2000)) + "</log>").encode()
    packed = gzip.compress(text[:1000]) + gzip.compress(text[1000:])
    for size in (1, 100, 65536):
        assert b"".join(unpacked(packed[at : at + size] for at in range(0, len(packed), size))) == text


def test_a_long_log_needs_no_more_memory_than_a_short_one() -> None:
    def cases(count: int) -> Iterator[bytes]:
        yield HEAD.encode()
        for number in range(count):
            yield trace(*[event(name) for name in "abcdefgh"], case=str(number)).encode()
        yield b"</log>"

    peaks = []
    for count in (200, 6000):
        tracemalloc.start()
        log = Log()
        for one in xes.traces(cases(count)):
            log.add(one)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert len(log.cases) == count
    assert (peaks[1] - peaks[0]) / 5800 < 300, "bytes for a case of eight events, 1.3 KB in the file"


TABLE = (
    "办件编号,环节,办理时间\n2,受理,2024-03-01 09:00\n1,受理,2024-03-01 08:00\n"
    "2,决定,2024-03-05 09:00\n1,决定,2024-02-29\n"
)


def test_a_table_is_put_in_order_and_understood_in_either_encoding() -> None:
    for encoding in ("utf-8-sig", "gb18030"):
        found = list(table.traces([TABLE.encode(encoding)], encoding=encoding))
        assert [(one.case, [event.activity for event in one.events]) for one in found] == [
            ("2", ["受理", "决定"]),
            ("1", ["决定", "受理"]),
        ]
        assert found[0].events[0].at.isoformat() == "2024-03-01T09:00:00+08:00"


@pytest.mark.parametrize(
    ("text", "kind", "line"),
    [
        ("", refusals.LogUnreadable, 1),
        ("case,activity\n1,a\n", refusals.LogColumnMissing, 1),
        ("case,activity,time\n1,a\n", refusals.LogUnreadable, 2),
        ("case,activity,time\n1,,2024-01-01\n", refusals.LogValueMissing, 2),
        ("case,activity,time\n1,a,soon\n", refusals.LogTimeUnreadable, 2),
        ('case,activity,time\n1,a,"2024-01-01\n', refusals.LogUnreadable, 3),
        ("case,activity,time\n1," + "x" * 1_200_000, refusals.LogTooLarge, 2),
    ],
)
def test_a_bad_table_is_refused_with_its_line(text: str, kind: type[refusals.LogRefused], line: int) -> None:
    with pytest.raises(kind) as refused:
        collect(table.traces([text.encode()]))
    assert refused.value.params["line"] == line


def test_a_table_in_another_encoding_is_refused() -> None:
    with pytest.raises(refusals.LogUnreadable):
        list(table.traces([TABLE.encode("gb18030")]))


def test_history_counts_working_days_and_passages() -> None:
    calendar = Calendar({2024: Year(2024, frozenset(), frozenset())})
    route = route_of(("seq", ("a", ("xor", ("b", "c")), "d")))
    text = HEAD + trace(event("a"), event("b", "2024-03-04T08:00:00+08:00"), event("d", "2024-03-06T08:00:00+08:00"))
    text += trace(event("a"), event("c", "2024-03-01T10:00:00+08:00"), case="2") + "</log>"
    history, log = History(calendar), Log()
    for one in read(text):
        history.add(one)
        log.add(one)
    assert [(line.case, line.days, line.workdays, line.events) for line in history.lines] == [
        ("1", 5, 3, 3),
        ("2", 0, 0, 2),
    ]
    waits = {wait.activity: wait for wait in history.waits()}
    assert (waits["b"].workdays["median"], waits["d"].workdays["median"], waits["c"].hours["max"]) == (1, 2, 1)
    seen = picture(log, route, match(route, log.activities))
    names = {route.nodes[node].name: count for node, count in seen.nodes.items()}
    assert names == {"a": 2, "b": 1, "c": 1, "d": 1}
    assert {route.nodes[node].name: count for node, count in seen.left_out.items()} == {"d": 1}
    assert sorted(seen.flows.values()) == [1, 1, 1, 1, 2, 2, 2, 2]
    with pytest.raises(CalendarMissing):
        History(Calendar({})).add(read(text)[0])


BPMN = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t"><process id="p">
<startEvent id="s"/><task id="t1" name="a"/><task id="t2" name="b"/><endEvent id="e"/>
<sequenceFlow id="f1" sourceRef="s" targetRef="t1"/><sequenceFlow id="f2" sourceRef="t1" targetRef="t2"/>
<sequenceFlow id="f3" sourceRef="t2" targetRef="e"/></process></definitions>"""

THIRD = '<task id="t3" name="c"/><sequenceFlow id="f4" sourceRef="t3" targetRef="e"/></process>'


def test_the_command_tells_fitness_deviations_and_history(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "route.bpmn").write_text(BPMN)
    text = HEAD + trace(event("a"), event("b")) + trace(event("a"), event("z"), case="2") + "</log>"
    (tmp_path / "log.xes.gz").write_bytes(gzip.compress(text.encode()))
    out = tmp_path / "history.json"
    given = ["process", "replay", str(tmp_path / "log.xes.gz"), "--route", str(tmp_path / "route.bpmn")]
    assert main([*given, "--json", "--history", str(out)]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["cases"], answer["events"], answer["fitness"]["perfectly_fitting"]) == (2, 4, 1)
    assert {(one["kind"], one["activity"]) for one in answer["deviations"]} == {
        ("not_on_route", "z"),
        ("did_not_end", "z"),
    }
    assert [one["activity"] for one in answer["unmatched"]] == ["z"]
    assert [one["case"] for one in answer["by_case"]] == ["1", "2"]
    assert answer["by_case"][0] == {"case": "1", "fitness": 1.0, "alignment": 1.0, "deviations": []}
    assert [line["workdays"] for line in json.loads(out.read_text())["cases"]] == [0, 0]
    assert {one["activity"]: one["element"] for one in answer["deviations"]} == {"z": ""}
    (tmp_path / "route.bpmn").write_text(BPMN.replace('targetRef="e"', 'targetRef="t3"').replace("</process>", THIRD))
    (tmp_path / "log.xes.gz").write_bytes(gzip.compress((HEAD + trace(event("a"), event("c")) + "</log>").encode()))
    assert main([*given, "--json"]) == 0
    skipped = {"kind": "skipped", "activity": "b", "cases": 1, "events": 1, "element": "t2"}
    assert json.loads(capsys.readouterr().out)["deviations"] == [skipped]
    (tmp_path / "log.xes.gz").write_bytes(gzip.compress(text.encode()))
    assert main(given) == 0
    assert "not on the route: z" in capsys.readouterr().out


def test_the_command_refuses_with_one_and_misuse_with_two(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "route.bpmn").write_text(BPMN)
    (tmp_path / "bad.xes").write_text(GOOD[:-30])
    out = tmp_path / "history.json"
    given = ["process", "replay", str(tmp_path / "bad.xes"), "--json", "--history", str(out)]
    assert main([*given, "--route", str(tmp_path / "route.bpmn")]) == 1
    assert json.loads(capsys.readouterr().out)["refused"]["code"] == "log_truncated"
    assert not out.exists()
    assert main([*given, "--route", str(tmp_path / "nothing.bpmn")]) == 2
    assert main(given) == 2
