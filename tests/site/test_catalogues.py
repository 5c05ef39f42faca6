"""Messages: found in Python and templates, kept with their translations, checked without mercy."""

from __future__ import annotations

from pathlib import Path

import pytest

from tongban.site import catalogues
from tongban.site.catalogues import Folder


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    monkeypatch.setattr(catalogues, "PACKAGE", tmp_path)
    app = tmp_path / "app"
    (app / "templates").mkdir(parents=True)
    code = 'from x import N_\nTITLE = N_("收件凭证")\nMANY = ngettext("%(n)s 件", "%(n)s 件", 2)\n'
    (app / "views.py").write_text(code)
    (app / "templates" / "page.html").write_text(
        "{% load i18n %}\n    <p>{% translate '欢迎您' %}</p>\n  {% blocktranslate trimmed with name=x %}\n"
        "  您好，\n    {{ name }}\n {% endblocktranslate %}{% translate '办理' context '按钮' %}\n"
    )
    return Folder("app", app, ())


def translate(folder: Folder, old: str, new: str) -> None:
    text = folder.po.read_text("utf-8")
    assert old in text
    folder.po.write_text(text.replace(old, new), "utf-8")


def complete(folder: Folder) -> None:
    catalogues.extract(folder)
    for chinese, english in (
        ("收件凭证", "Receipt"),
        ("欢迎您", "Welcome"),
        ("您好， %(name)s", "Hello %(name)s"),
        ("办理", "Start"),
    ):
        translate(folder, f'msgid "{chinese}"\nmsgstr ""', f'msgid "{chinese}"\nmsgstr "{english}"')
    translate(folder, 'msgstr[0] ""\nmsgstr[1] ""', 'msgstr[0] "%(n)s case"\nmsgstr[1] "%(n)s cases"')


def test_extract_finds_python_and_templates_with_context_and_plural(folder: Folder) -> None:
    found = {(message.id, message.context) for message in catalogues.messages_of(folder) if message.id}
    assert found == {
        ("收件凭证", None),
        (("%(n)s 件", "%(n)s 件"), None),
        ("欢迎您", None),
        ("您好， %(name)s", None),
        ("办理", "按钮"),
    }


def test_a_complete_catalogue_has_no_findings_and_a_second_extract_changes_nothing(folder: Folder) -> None:
    complete(folder)
    assert catalogues.check(folder) == []
    before = folder.po.read_bytes()
    assert catalogues.extract(folder) == (5, 5, 0)
    assert folder.po.read_bytes() == before


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        ('msgstr "Receipt"', 'msgstr ""', "has no translation"),
        ('msgid "欢迎您"\nmsgstr "Welcome"', "", "is missing"),
        ('msgid "欢迎您"', '#, fuzzy\nmsgid "欢迎您"', "is fuzzy"),
        ("Hello %(name)s", "Hello %(who)s", "name different values"),
        ("%(n)s cases", "", "has no translation"),
    ],
)
def test_what_is_not_complete_is_named(folder: Folder, old: str, new: str, finding: str) -> None:
    complete(folder)
    translate(folder, old, new)
    findings = catalogues.check(folder)
    assert len(findings) == 1
    assert finding in findings[0]


def test_new_messages_come_empty_and_unused_ones_go(folder: Folder) -> None:
    complete(folder)
    (folder.path / "views.py").write_text('TITLE = N_("受理通知书")\n')
    assert catalogues.extract(folder) == (5, 4, 1)
    assert "Receipt" not in folder.po.read_text("utf-8")


def test_compile_runs_when_something_changed(folder: Folder) -> None:
    complete(folder)
    assert catalogues.compile_folder(folder)
    assert not catalogues.compile_folder(folder)
    assert folder.po.with_suffix(".mo").read_bytes()[:4] == b"\xde\x12\x04\x95"


def test_every_app_is_among_the_folders_and_messages_belong_to_the_innermost() -> None:
    names = {folder.name for folder in catalogues.folders([])}
    assert {"contexts/cases", "terminals/portal", "ui", "kernel", "foundation/ledger", "foundation"} <= names
    (foundation,) = catalogues.folders(["foundation"])
    assert not any("ledger" in path.parts for path in foundation.files())
