"""A batch from the draft to the licences, on a real database."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.db import connection

from tests.contexts.cases.batch.sheets import archive, as_csv, number, people
from tests.contexts.cases.city import City, build, png, request
from tongban.contexts.cases import actions, queries
from tongban.contexts.cases.actions.batch import filing
from tongban.contexts.cases.core import refusals as r
from tongban.contexts.cases.core.batch import refusals as b
from tongban.contexts.cases.core.batch.sheet import refusals as s
from tongban.contexts.cases.core.batch.views import BatchView
from tongban.contexts.parties.core import Role
from tongban.foundation import ledger
from tongban.kernel.refusals import NotAllowed, NotFound

pytestmark = pytest.mark.django_db
PAPERS = ("training", "health_report", "dose", "photo")
COMMON = {
    "applicant_kind": "institution", "applicant_name": "江畔小馆", "contact_name": "周敏",
    "contact_phone": "13900000001", "employer": "江畔医院", "receive": "electronic",
}  # fmt: skip


@pytest.fixture
def city(db: None) -> City:
    return build()


def begin(city: City) -> str:
    draft = actions.start_batch(
        item_code="RAD-CERT", principal_id=city.owner.principals[1].id, division="429901", actor=city.owner,
        now=city.now,
    )  # fmt: skip
    actions.save_common(draft_id=draft, values=COMMON, complete=True, actor=city.owner, now=city.now)
    return draft


def sheet(city: City, draft: str, rows: list[Any], **more: Any) -> Any:
    return actions.take_sheet(
        draft_id=draft, data=as_csv(rows), filename="名单.csv", actor=city.owner, now=city.now, **more
    )


def papers_for_all(city: City, draft: str, *materials: str) -> None:
    for material in materials or PAPERS:
        actions.attach_for_all(
            draft_id=draft, material_id=material, data=png(), filename="图.png", actor=city.owner, now=city.now
        )


def drafted(city: City, count: int = 3, rows: list[Any] | None = None) -> str:
    draft = begin(city)
    sheet(city, draft, rows or people(count))
    papers_for_all(city, draft)
    return draft


def file(city: City, draft: str, request_id: str = "") -> str:
    return actions.file_batch(
        draft_id=draft, request_id=request_id or request(), actor=city.owner, now=city.now
    ).batch_id


def view(city: City, batch_id: str, actor: Any = None) -> BatchView:
    return queries.batch(batch_id, actor=actor or city.owner)


def ids(city: City, batch_id: str) -> list[str]:
    return [line.case_id for line in view(city, batch_id).lines]


def health(city: City, role: Role) -> Any:
    return city.officer("health-linjiang", role, name=role.value)


def test_from_a_sheet_to_one_receipt_and_every_licence(city: City) -> None:
    batch_id = file(city, drafted(city))
    city.work()
    found = view(city, batch_id)
    assert [(line.row, line.name, line.phase) for line in found.lines] == [
        (1, "张1", "submitted"), (2, "张2", "submitted"), (3, "张3", "submitted"),
    ]  # fmt: skip
    assert [document.kind for document in found.state.documents] == ["batch_receipt"]
    _stored, receipt = queries.batch_document(batch_id, found.state.documents[0].file_id, actor=city.owner)
    assert receipt.startswith(b"%PDF")
    states = found.states.values()
    assert all(not state.documents for state in states)  # the batch has the one receipt
    assert len({state.number for state in states}) == 3
    assert {state.about for state in states} == {"张1", "张2", "张3"}
    assert "429901199001020012"[:4] in found.lines[0].id_number
    assert "*" in found.lines[0].id_number

    cases = ids(city, batch_id)
    actions.accept_together(batch_id=batch_id, cases=cases, actor=city.window, request_id=request(), now=city.now)
    reviewer, chief = health(city, Role.REVIEWER), health(city, Role.APPROVER)
    opined = actions.opine_together(
        batch_id=batch_id, cases=cases, outcome="pass", opinion="齐全", actor=reviewer, request_id=request(),
        now=city.now,
    )  # fmt: skip
    granted = actions.grant_together(batch_id=batch_id, cases=cases, actor=chief, request_id=request(), now=city.now)
    assert (opined.refused, granted.refused) == ((), ())
    assert len(granted.done) == 3
    city.work()
    licences = list(queries.licence_papers(batch_id, actor=city.owner))
    assert [line.name for line, _state, _pdf in licences] == ["张1", "张2", "张3"]
    assert all(pdf.startswith(b"%PDF") for _line, _state, pdf in licences)
    assert view(city, batch_id).counts == {"granted": 3}
    assert ledger.verify().ok
    with pytest.raises(NotFound):
        queries.batch_draft(batch_id, actor=city.owner)


def test_what_is_in_order_is_filed_and_the_rest_stays(city: City) -> None:
    rows = [*people(4), ("", number(9), "核医学", "2026-03-09"), ("赵", "1.1E+17", "核医学", "2026-03-09")]
    draft = drafted(city, rows=rows)
    found = queries.batch_draft(draft, actor=city.owner)
    assert (found.rows, found.ready, found.wrong) == (6, 4, 2)
    batch_id = file(city, draft)
    assert len(view(city, batch_id).lines) == 4
    left = queries.batch_draft(draft, actor=city.owner)
    assert (left.rows, left.ready, left.wrong) == (2, 0, 2)
    with pytest.raises(b.NothingToFile):
        file(city, draft)
    sheet(
        city, draft, [("钱", number(9), "核医学", "2026-03-09"), ("赵", number(10), "核医学", "2026-03-09")], mend=True
    )
    second = file(city, draft)
    assert [line.name for line in view(city, second).lines] == ["钱", "赵"]
    with pytest.raises(NotFound):
        queries.batch_draft(draft, actor=city.owner)  # nothing is left in it


def test_mending_replaces_only_what_was_wrong(city: City) -> None:
    draft = begin(city)
    sheet(city, draft, [*people(3), ("李", "1", "核医学", "2026-03-09")])
    taken = sheet(city, draft, [("李", number(7), "核医学", "2026-03-09"), people(1)[0]], mend=True)
    assert (taken.rows, taken.sound) == (2, 1)  # one stands in the draft already
    rows, _pages = queries.batch_rows(draft, actor=city.owner)
    assert [(row.name, [one.reason for one in row.row.problems]) for row in rows] == [
        ("张1", []), ("张2", []), ("张3", []), ("李", []), ("张1", ["duplicate"]),
    ]  # fmt: skip


def test_a_bad_sheet_leaves_the_draft_as_it_was(city: City) -> None:
    draft = begin(city)
    sheet(city, draft, people(3))
    with pytest.raises(s.SheetTooLong):
        sheet(city, draft, people(501))
    assert queries.batch_draft(draft, actor=city.owner).rows == 3


def test_papers_by_person_from_an_archive(city: City) -> None:
    draft = begin(city)
    sheet(city, draft, people(3))
    papers_for_all(city, draft, "training", "dose")
    files = {f"{number(1)}/近期免冠照片.png": png(), f"材料/{number(1)} 张1/职业健康检查报告.png": png()}
    files |= {"3/photo.png": png(), "3/health_report.png": b"no picture", "无人/photo.png": png(), "读我.txt": b"x"}
    taken = actions.take_archive(draft_id=draft, data=archive(files), actor=city.owner, now=city.now)
    assert taken.kept == 3
    assert [name for name, _refusal in taken.refused] == ["3/health_report.png"]
    assert taken.strange == ("无人/photo.png", "读我.txt")
    rows, _pages = queries.batch_rows(draft, actor=city.owner)
    assert [row.lacking for row in rows] == [(), ("health_report",), ("health_report", "photo")]
    assert [row.ready for row in rows] == [True, False, False]
    assert len(queries.rows_to_mend(draft, actor=city.owner)) == 2
    _stored, data = queries.batch_file(draft, rows[0].materials[0].file_id, actor=city.owner)
    assert data == png()
    state = next(iter(view(city, file(city, draft)).states.values()))
    assert {material.id for material in state.materials} == set(PAPERS)


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"no zip", s.ArchiveBroken),
        (archive({"../photo.png": b"x"}), s.ArchiveUnsafe),
        (archive({"/etc/photo.png": b"x"}), s.ArchiveUnsafe),
        (archive({"C:/photo.png": b"x"}), s.ArchiveUnsafe),
        (archive({"a..b/2/photo.png": b"x", "2\\..\\..\\photo.png": b"x"}), s.ArchiveUnsafe),
        (archive({f"{n}/photo.png": b"" for n in range(5001)}), s.ArchiveTooLarge),
    ],
)
def test_an_unsafe_archive_is_refused_as_a_whole(city: City, data: bytes, refusal: type[Exception]) -> None:
    draft = begin(city)
    sheet(city, draft, people(1))
    with pytest.raises(refusal):
        actions.take_archive(draft_id=draft, data=data, actor=city.owner, now=city.now)


def test_the_same_request_files_nobody_twice(city: City) -> None:
    draft, once = drafted(city), request()
    first = file(city, draft, once)
    assert file(city, draft, once) == first
    assert len(ids(city, first)) == 3
    assert count("cases_batched") == 3


def count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])


class CrashError(Exception):
    pass


@pytest.mark.parametrize("crash_at", [0, 1, 2])
def test_after_a_crash_the_rest_is_filed_and_nobody_twice(
    city: City, monkeypatch: pytest.MonkeyPatch, crash_at: int
) -> None:
    draft, once = drafted(city, count=5), request()
    monkeypatch.setattr(filing, "CHUNK", 2)
    real, done = filing._file, 0

    def dying(*args: Any) -> None:
        nonlocal done
        if done == crash_at:
            raise CrashError
        done += 1
        real(*args)

    with monkeypatch.context() as broken:
        broken.setattr(filing, "_file", dying)
        with pytest.raises(CrashError):
            file(city, draft, once)
    assert count("cases_batched") == 2 * crash_at
    with pytest.raises(NotFound):
        queries.batch_draft(draft, actor=city.stranger)
    city.later(minutes=1)
    city.work()  # nobody asks again: the worker goes on by itself
    batch_id = file(city, draft, once)
    assert [line.name for line in view(city, batch_id).lines] == [f"张{n}" for n in range(1, 6)]
    assert count("cases_batched") == 5
    received = {state.submitted_at for state in view(city, batch_id).states.values()}
    assert received == {view(city, batch_id).state.opened_at}  # all on the day of the application
    assert ledger.verify().ok


def test_a_row_that_the_rules_decline_goes_back_alone(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = drafted(city)
    real = filing._command

    def without_papers(batch_id: str, state: Any, published: Any, row: Any) -> Any:
        command = real(batch_id, state, published, row)
        return replace(command, materials=()) if row.place == 2 else command

    monkeypatch.setattr(filing, "_command", without_papers)
    batch_id = file(city, draft)
    assert [line.name for line in view(city, batch_id).lines] == ["张1", "张3"]
    assert view(city, batch_id).state.returned == 1
    rows, _pages = queries.batch_rows(draft, actor=city.owner)
    assert [(row.name, row.row.problems[0].reason) for row in rows] == [("张2", "refused:material_missing")]


def test_a_long_batch_is_the_workers(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filing, "AT_ONCE", 2)
    draft = drafted(city)
    done = actions.file_batch(draft_id=draft, request_id=request(), actor=city.owner, now=city.now)
    assert not done.complete
    assert count("cases_batched") == 0
    city.later(minutes=1).work()
    assert len(ids(city, done.batch_id)) == 3


def test_only_companies_file_batches_and_only_of_items_that_take_them(city: City) -> None:
    with pytest.raises(b.CompaniesOnly):
        actions.start_batch(
            item_code="RAD-CERT", principal_id=city.owner.party_id, division="429901", actor=city.owner, now=city.now
        )
    with pytest.raises(NotFound):
        actions.start_batch(
            item_code="FOOD", principal_id=city.owner.principals[1].id, division="429901", actor=city.owner,
            now=city.now,
        )  # fmt: skip
    with pytest.raises(NotAllowed):
        actions.start_batch(
            item_code="RAD-CERT", principal_id=city.owner.principals[1].id, division="429901", actor=city.stranger,
            now=city.now,
        )  # fmt: skip


def test_a_draft_and_a_batch_are_nobody_elses(city: City) -> None:
    draft = drafted(city)
    for act in (
        lambda: queries.batch_draft(draft, actor=city.stranger),
        lambda: queries.batch_rows(draft, actor=city.stranger),
        lambda: queries.rows_to_mend(draft, actor=city.stranger),
        lambda: actions.take_sheet(draft_id=draft, data=b"", filename="", actor=city.stranger, now=city.now),
        lambda: actions.take_archive(draft_id=draft, data=b"", actor=city.stranger, now=city.now),
        lambda: actions.file_batch(draft_id=draft, request_id=request(), actor=city.stranger, now=city.now),
        lambda: actions.discard_batch(draft_id=draft, actor=city.stranger),
    ):
        with pytest.raises(NotFound):
            act()  # type: ignore[no-untyped-call]
    batch_id = file(city, draft)
    others = (city.stranger, city.social_window, city.officer("market-linjiang", Role.REVIEWER))
    for who in others:
        with pytest.raises(NotFound):
            queries.batch(batch_id, actor=who)
        with pytest.raises(NotFound):
            list(queries.licence_papers(batch_id, actor=who))
    assert queries.batches(actor=city.stranger) == ()
    assert [line.count for line in queries.batches(actor=city.owner)] == [3]
    lost = replace(city.owner, principals=city.owner.principals[:1])  # the mandate ended
    with pytest.raises(NotFound):
        queries.batch(batch_id, actor=lost)


def test_together_is_still_case_by_case(city: City) -> None:
    batch_id = file(city, drafted(city))
    cases, once = ids(city, batch_id), request()
    with pytest.raises(b.NothingChosen):
        actions.accept_together(batch_id=batch_id, cases=[], actor=city.window, request_id=request(), now=city.now)
    with pytest.raises(b.NotOfThisBatch):
        actions.accept_together(
            batch_id=batch_id, cases=[request()], actor=city.window, request_id=request(), now=city.now
        )
    actions.accept(case_id=cases[0], actor=city.window, request_id=request(), now=city.now)
    for _again in range(2):  # a repeat of the same request answers the same
        taken = actions.accept_together(
            batch_id=batch_id, cases=cases, actor=city.window, request_id=once, now=city.now
        )
        assert taken.done == tuple(cases[1:])
        assert [(case_id, type(why)) for case_id, why in taken.refused] == [(cases[0], r.StepOutOfOrder)]

    both = replace(
        city.officer("health-linjiang", Role.REVIEWER, name="both"), roles=frozenset({Role.REVIEWER, Role.APPROVER})
    )
    chief = health(city, Role.APPROVER)
    give: Any = {"batch_id": batch_id, "now": city.now}
    with pytest.raises(b.AdverseAlone):
        actions.opine_together(**give, cases=cases, outcome="fail", actor=both, request_id=request())
    early = actions.grant_together(**give, cases=cases[:1], actor=chief, request_id=request())
    assert [type(why) for _case, why in early.refused] == [r.NotYetReady]
    opined = actions.opine_together(**give, cases=cases[:2], outcome="pass", actor=both, request_id=request())
    assert len(opined.done) == 2
    actions.opine_together(
        **give, cases=cases[2:], outcome="pass", actor=health(city, Role.REVIEWER), request_id=request()
    )
    mixed = actions.grant_together(**give, cases=cases, actor=both, request_id=request())
    assert mixed.done == (cases[2],)  # whoever reviewed the other two does not decide them
    assert [type(why) for _case, why in mixed.refused] == [r.HandlerMayNotDecide] * 2


def test_only_where_the_item_allows_are_decisions_signed_together(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    from tongban.contexts.cases.actions.batch import together

    batch_id = file(city, drafted(city))
    real = together.catalogue.version

    def strict(code: str, version: int) -> Any:
        found = real(code, version)
        assert found.item.handling is not None
        assert found.item.handling.batch is not None
        batch = replace(found.item.handling.batch, decide_together=False)
        return replace(found, item=replace(found.item, handling=replace(found.item.handling, batch=batch)))

    monkeypatch.setattr(together.catalogue, "version", strict)
    with pytest.raises(b.NotTogether):
        actions.grant_together(
            batch_id=batch_id, cases=ids(city, batch_id), actor=health(city, Role.APPROVER), request_id=request(),
            now=city.now,
        )  # fmt: skip


def test_lists_say_which_cases_came_in_a_batch(city: City) -> None:
    batch_id = file(city, drafted(city))
    cases = ids(city, batch_id)
    alone = city.file("FOOD")
    found = queries.in_batches([*cases, alone])
    assert set(found) == set(cases)
    assert {one.batch_id for one in found.values()} == {batch_id}
    assert {one.count for one in found.values()} == {3}
