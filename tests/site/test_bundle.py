"""The drawing boards that are committed are those of their sources, and nobody needs Node to know."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
BUNDLE = "src/tongban/terminals/desk/static/desk/models"


def check(root: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(root / "script/bundle"), "--check"]
    return subprocess.run(command, capture_output=True, text=True, timeout=30, env={"PATH": ""}, check=False)


def copied(folder: Path) -> Path:
    """The checkout's boards alone, to be changed."""
    leave = shutil.ignore_patterns("node_modules")
    for part in ("editors", BUNDLE):
        shutil.copytree(ROOT / part, folder / part, ignore=leave)
    (folder / "script").mkdir()
    shutil.copy(ROOT / "script/bundle", folder / "script/bundle")
    return folder


def test_the_committed_bundle_is_that_of_its_sources() -> None:
    found = check(ROOT)
    assert (found.returncode, found.stdout) == (0, ""), found.stdout


def test_a_changed_source_a_changed_bundle_and_a_missing_file_are_named(tmp_path: Path) -> None:
    root = copied(tmp_path)
    with (root / "editors/src/panel.js").open("a") as source:
        source.write("\n// another line\n")
    with (root / BUNDLE / "route.js").open("a") as bundle:
        bundle.write(";")
    (root / BUNDLE / "dmn.woff2").unlink()
    found = check(root)
    assert found.returncode == 1
    assert "src/panel.js has changed" in found.stdout
    assert "route.js has changed" in found.stdout
    assert "dmn.woff2 is missing" in found.stdout


def test_the_lock_names_no_registry_and_every_package_has_its_digest() -> None:
    lock = json.loads((ROOT / "editors/package-lock.json").read_text("utf-8"))
    packages = {name: one for name, one in lock["packages"].items() if name}
    assert packages
    assert not [name for name, one in packages.items() if "resolved" in one]
    assert not [name for name, one in packages.items() if not one.get("integrity")]


def test_every_package_of_the_boards_is_named_with_its_licence() -> None:
    lock = json.loads((ROOT / "editors/package-lock.json").read_text("utf-8"))
    texts = (ROOT / BUNDLE / "LICENSES.txt").read_text("utf-8")
    shipped = [name for name in lock["packages"] if name and "esbuild" not in name]
    assert not [name for name in shipped if f"== {name.split('node_modules/')[-1]} " not in texts]
    assert "MUST NOT be" in texts  # the watermark of bpmn.io
