"""The house's rules bite: a folder nobody planned, a forbidden import, a budget overrun each fail the build."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of the house's Python files with its contracts."""
    shutil.copytree(
        ROOT / "src",
        tmp_path / "src",
        ignore=lambda folder, names: [n for n in names if not (n.endswith(".py") or (Path(folder) / n).is_dir())],
    )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def check(house: Path) -> tuple[set[str], str]:
    """The names of the broken contracts, and all that the linter says."""
    code = "import sys; sys.path.insert(0, 'src'); from importlinter.cli import lint_imports_command as c; c()"
    command = [sys.executable, "-c", code, "--no-logo", "--no-cache"]
    done = subprocess.run(command, cwd=house, capture_output=True, text=True, check=False)
    assert "Contracts:" in done.stdout, done.stdout + done.stderr
    return set(re.findall(r"^(.+) BROKEN$", done.stdout, re.M)), done.stdout


@pytest.mark.parametrize(
    ("path", "text", "contract"),
    [
        ("utils/__init__.py", "", "Floors"),
        ("contexts/misc/__init__.py", "", "Contexts call down"),
        ("contexts/cases/helpers.py", "", "Every context has the same inside"),
        ("terminals/extra/__init__.py", "", "Terminals don't know each other"),
        ("kernel/late.py", "import django\n", "Cores and the kernel"),
        ("contexts/parties/core/late.py", "import tongban.contexts.cases.core\n", "Contexts call down"),
        ("terminals/portal/late.py", "import tongban.contexts.cases.models\n", "One door"),
        ("terminals/portal/late.py", "import tongban.terminals.desk.apps\n", "Terminals don't know each other"),
        ("foundation/late.py", "import tongban.ui.forms\n", "Floors"),
    ],
)
def test_a_broken_rule_is_found(house: Path, path: str, text: str, contract: str) -> None:
    file = house / "src" / "tongban" / path
    file.parent.mkdir(exist_ok=True)
    file.write_text(text)
    broken, said = check(house)
    assert any(name.startswith(contract) for name in broken)
    assert (file.parent.name if file.stem == "__init__" else file.stem) in said


def test_a_cycle_between_siblings_is_found(house: Path) -> None:
    core = house / "src" / "tongban" / "kernel"
    (core / "hen.py").write_text("from tongban.kernel import egg\n")
    (core / "egg.py").write_text("from tongban.kernel import hen\n")
    assert "No import cycle at any depth" in check(house)[0]


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "script" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_budgets_name_long_modules_functions_and_templates(tmp_path: Path) -> None:
    (tmp_path / "src" / "templates").mkdir(parents=True)
    lines = "    x = 1\n"
    text = f"class A:\n  def f():\n    '''doc'''\n{lines * 39}\n  def g():\n{lines * 40}"
    (tmp_path / "src" / "a.py").write_text(text)
    (tmp_path / "src" / "b.py").write_text("x = 1\n" * 401)
    (tmp_path / "src" / "templates" / "p.html").write_text("<p>\n" * 151)
    found = [what for what, _ in script("budgets").over(tmp_path)]
    assert found == ["src/a.py::A.g", "src/b.py", "src/templates/p.html"]


@pytest.mark.parametrize(
    ("lines", "failed", "last", "code"),
    [
        ("10 passed, 2 skipped in 3s\n3 passed in 1s\n", "", "13 passed, 0 failed, 2 skipped", 0),
        ("10 passed, 1 failed, 2 errors in 3s\n", "", "10 passed, 3 failed, 0 skipped", 1),
        ("10 passed in 3s\n", ", ruff, mypy", "10 passed, 2 failed, 0 skipped", 1),
        ("Segmentation fault\n", "", "0 passed, 1 failed, 0 skipped", 1),
    ],
)
def test_the_last_line_adds_up_and_never_hides_a_failure(lines: str, failed: str, last: str, code: int) -> None:
    command = [sys.executable, str(ROOT / "script" / "sum.py")]
    done = subprocess.run(command, input=lines, capture_output=True, text=True, check=False, env={"FAILED": failed})
    assert done.stdout.splitlines()[-1] == last
    assert done.returncode == code
