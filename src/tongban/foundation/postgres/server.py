"""One PostgreSQL server of our own: make the cluster, start, prove that it lives, stop."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import secrets
import shutil
import socket
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg

from tongban.foundation.postgres import roles
from tongban.foundation.postgres.binaries import SYSTEM_HOME, Binaries, RunAs, run_as

#: Above every pid the kernel gives out: a lock file that names it is one whose owner is dead.
NO_PID = 4_194_305

#: A small machine that also runs the web and the worker; every commit reaches the disk.
TUNING = {
    "max_connections": "60",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "8MB",
    "maintenance_work_mem": "128MB",
    "wal_buffers": "8MB",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "15min",
    "random_page_cost": "1.1",
    "password_encryption": "scram-sha-256",
    "log_min_duration_statement": "1s",
    "log_line_prefix": "%m [%p] %u ",
    "timezone": "UTC",
    "jit": "off",
    "autovacuum_naptime": "15s",
}
#: For tests only: nothing there outlives the run.
NOT_DURABLE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class DatabaseFault(Exception):  # noqa: N818 - it carries advice for an operator
    """The database server could not be made, started or reached. The text says what to do."""


@dataclass(frozen=True)
class Credentials:
    """How to reach the server; kept in `database.json`, readable by its owner only."""

    port: int
    socket: str
    database: str
    admin_password: str
    owner_password: str
    app_password: str

    def url(self, role: str, database: str = "") -> str:
        """The address for one of the roles `postgres`, `tongban_owner`, `tongban_app`."""
        passwords = {roles.ADMIN: self.admin_password, roles.OWNER: self.owner_password, roles.APP: self.app_password}
        name = database or self.database
        return (
            f"postgresql://{role}:{quote(passwords[role])}@/{name}?host={quote(self.socket, safe='')}&port={self.port}"
        )


class Server:
    """A server whose data lives under `home`. Several processes may use one `home` at once.

    `durable=False` turns fsync off (tests). `database` is the database's name.
    """

    def __init__(self, home: Path, binaries: Binaries, *, durable: bool = True, database: str = "tongban") -> None:
        self.home = home.absolute()
        self.binaries = binaries
        self.durable = durable
        self.database = database
        self.user: RunAs = run_as()
        self._key = hashlib.sha256(str(self.home).encode()).hexdigest()[:12]

    # -- what callers use ------------------------------------------------------------------------------------------

    def ensure(self) -> Credentials:
        """Make the cluster if there is none, start the server if it is not running, and prove it by a connection."""
        self.home.mkdir(parents=True, exist_ok=True)
        with self._locked():
            credentials = self._credentials()
            if credentials is None or not self._answers(credentials):
                credentials = self._bring_up(credentials)
            return credentials

    def running(self) -> Credentials | None:
        """The credentials of a server that answers right now, or None. Starts nothing."""
        credentials = self._credentials()
        return credentials if credentials is not None and self._answers(credentials) else None

    def alive(self) -> bool:
        """Whether the server's process lives. Cheap, and no proof that it answers: for looking again and again."""
        return self._postmaster() is not None

    def stop(self, timeout: float = 60) -> bool:
        """Stop the server, letting it write everything down. True when there was one to stop."""
        if not self.home.exists():
            return False
        with self._locked():
            pid = self._postmaster()
            if pid is None:
                return False
            done = self._pg_ctl("stop", "-m", "fast", "-t", str(int(timeout)))
            if self._postmaster() is not None:
                raise DatabaseFault(f"PostgreSQL (pid {pid}) did not stop: {done.strip()[-400:]}")
            return True

    @property
    def log(self) -> Path:
        """The server's log file."""
        return self.cluster.with_name("server.log")

    @property
    def cluster(self) -> Path:
        """The cluster's folder: under `home`, or where a pointer file says when the server's user can't enter it."""
        pointer = self.home / "cluster-elsewhere"
        root = Path(pointer.read_text("utf-8").strip()) if pointer.exists() else self.home / "postgres"
        return root / "cluster"

    # -- bringing it up --------------------------------------------------------------------------------------------

    def _bring_up(self, credentials: Credentials | None) -> Credentials:
        if not (self.cluster / "PG_VERSION").exists():
            credentials = self._initialise()
        if credentials is None:
            raise DatabaseFault(f"{self.home / 'database.json'} is missing: bring it back from a backup")
        self._check_version()
        problem = ""
        for attempt in range(8):
            credentials = self._with_free_port(credentials)
            problem = self._start(credentials)
            if self._answers(credentials, patience=10 if not problem else 0.5):
                return credentials
            time.sleep(0.3 * (attempt + 1))
        raise DatabaseFault(f"PostgreSQL does not start: {problem.strip()[-400:] or 'no answer'} - see {self.log}")

    def _start(self, credentials: Credentials) -> str:
        """Start the server; returns pg_ctl's complaint, or "" when it says the server runs."""
        self._release_dead_lock()
        Path(credentials.socket).mkdir(parents=True, exist_ok=True)
        self.user.own(Path(credentials.socket))
        options = f"-p {credentials.port} -k {credentials.socket} -h 127.0.0.1"
        output = self._pg_ctl("start", "-w", "-t", "60", "-l", str(self.log), "-o", options)
        return "" if "server started" in output else output

    def _initialise(self) -> Credentials:
        root = self._root()
        draft = root / "cluster-draft"
        if draft.exists():  # an earlier attempt was interrupted; it never held data
            shutil.rmtree(draft)
        passwords = [secrets.token_hex(24) for _ in range(3)]
        password_file = root / "password"
        password_file.write_text(passwords[0], "utf-8")
        self.user.own(password_file)
        try:
            done = self.user.run(
                [self.binaries.program("initdb"), "-D", str(draft), "-U", roles.ADMIN, f"--pwfile={password_file}"]
                + ["-E", "UTF8", "--locale=C", "--data-checksums", "--auth=scram-sha-256"]
                + ([] if self.durable else ["--no-sync"])
            )
        finally:
            password_file.unlink()
        if done.returncode != 0:
            raise DatabaseFault(f"initdb failed: {done.stdout.strip()[-600:]}")
        settings = TUNING if self.durable else TUNING | NOT_DURABLE
        with (draft / "postgresql.conf").open("a", encoding="utf-8") as conf:
            conf.write("\n# Tongban\n" + "".join(f"{name} = '{value}'\n" for name, value in settings.items()))
        credentials = Credentials(_free_port(), self._socket_folder(root), self.database, *passwords)
        self._write(credentials)
        draft.rename(root / "cluster")
        return credentials

    def _root(self) -> Path:
        """The folder of the cluster, made and given to the server's user; elsewhere when it can't reach `home`."""
        root = self.cluster.parent
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.user.own(root)
        if not self.user.may_enter(root):
            root.rmdir()
            root = SYSTEM_HOME / "clusters" / self._key
            root.mkdir(parents=True, exist_ok=True)
            for folder in (SYSTEM_HOME, root.parent):
                folder.chmod(0o755)
            self.user.own(root)
            (self.home / "cluster-elsewhere").write_text(f"{root}\n", "utf-8")
        return root

    def _socket_folder(self, root: Path) -> str:
        """A folder for the socket: the kernel allows paths of 107 bytes only."""
        if self.user.uid is not None:
            return str(SYSTEM_HOME / "run" / self._key)
        folder = root / "socket"
        return str(folder) if len(str(folder).encode()) < 85 else f"/tmp/tongban-{os.geteuid()}-{self._key}"  # noqa: S108

    def _check_version(self) -> None:
        found = int((self.cluster / "PG_VERSION").read_text("utf-8").strip())
        if found != self.binaries.major:
            raise DatabaseFault(
                f"the data in {self.cluster} is of PostgreSQL {found}, the programs are {self.binaries.major}: "
                "dump it with the old version and load it with the new one (docs/operations)"
            )

    # -- what is true right now ------------------------------------------------------------------------------------

    def _answers(self, credentials: Credentials, patience: float = 0) -> bool:
        """Whether a server of this cluster accepts a connection (roles and database are made on the way)."""
        until = time.monotonic() + patience
        while True:
            try:
                return self._connects(credentials)
            except psycopg.OperationalError:
                if time.monotonic() >= until:
                    return False
                time.sleep(0.05)

    def _connects(self, credentials: Credentials) -> bool:
        try:
            with psycopg.connect(credentials.url(roles.APP), connect_timeout=5) as connection:
                connection.execute("SELECT 1")
        except psycopg.OperationalError as problem:
            if "does not exist" not in str(problem) and "authentication failed" not in str(problem):
                raise
            with psycopg.connect(
                credentials.url(roles.ADMIN, "template1"), connect_timeout=5, autocommit=True
            ) as admin:
                roles.provision(admin, credentials.owner_password, credentials.app_password, credentials.database)
        return True

    def _postmaster(self) -> int | None:
        """The pid of this cluster's living server, or None. A zombie, or a foreign process with that pid, is none."""
        try:
            pid = int((self.cluster / "postmaster.pid").read_text("utf-8").split("\n", 1)[0])
        except (OSError, ValueError):
            return None
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return None
        except PermissionError:
            return None  # somebody else's process: our server runs as us (or we are root)
        stat = Path(f"/proc/{pid}/stat")
        if not stat.exists():  # no /proc on this system: the connection test decides
            return pid
        try:
            if stat.read_text("utf-8").rpartition(") ")[2].startswith(("Z", "X")):
                return None
            return pid if Path(os.readlink(f"/proc/{pid}/cwd")) == self.cluster.resolve() else None
        except OSError:
            return None

    def _release_dead_lock(self) -> None:
        """Let PostgreSQL see that the lock file's owner is dead, where `kill -0` says it lives.

        The file is not removed: PostgreSQL still finds in it the shared memory of the dead server and refuses to
        start while an orphan of that server is attached.
        """
        lock = self.cluster / "postmaster.pid"
        if lock.exists() and self._postmaster() is None:
            lines = lock.read_text("utf-8").split("\n")
            lines[0] = str(NO_PID)
            lock.write_text("\n".join(lines), "utf-8")

    # -- small parts -----------------------------------------------------------------------------------------------

    def _pg_ctl(self, verb: str, *options: str) -> str:
        return self.user.run([self.binaries.program("pg_ctl"), verb, "-D", str(self.cluster), *options]).stdout

    def _with_free_port(self, credentials: Credentials) -> Credentials:
        if _is_free(credentials.port) or self._postmaster() is not None:
            return credentials
        moved = Credentials(**asdict(credentials) | {"port": _free_port()})
        self._write(moved)
        return moved

    def _credentials(self) -> Credentials | None:
        try:
            return Credentials(**json.loads((self.home / "database.json").read_text("utf-8")))
        except FileNotFoundError:
            return None

    def _write(self, credentials: Credentials) -> None:
        draft = self.home / "database.json.draft"
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            json.dump(asdict(credentials), file, indent=1)
        draft.rename(self.home / "database.json")

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        """One process at a time makes, starts or stops this server."""
        with (self.home / "database.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
