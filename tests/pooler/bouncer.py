"""Runs Debian's PgBouncer in front of a PostgreSQL test server."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.failover.pair import Node

_PROGRAM = shutil.which("pgbouncer", path=f"{os.environ['PATH']}:/usr/sbin") or "pgbouncer"
# PgBouncer does not run as root.
_USER = "pgserver" if os.geteuid() == 0 else None
_SETTINGS = """
[databases]
* = host=127.0.0.1 port={server} user=postgres
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = any
pool_mode = {mode}
max_client_conn = 200
default_pool_size = {size}
{more}
"""


@contextmanager
def bouncer(node: Node, mode: str, more: str = "", size: int = 20) -> Iterator[str]:
    """Yields the URL of a pooler in this mode, without a parameter for it."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="allygraph-pooler-") as folder:
        file = Path(folder, "pgbouncer.ini")
        file.write_text(
            _SETTINGS.format(server=node.port, port=port, mode=mode, more=more, size=size)
        )
        if _USER:
            entry = pwd.getpwnam(_USER)
            os.chown(folder, entry.pw_uid, entry.pw_gid)
        url = f"postgresql://postgres@127.0.0.1:{port}/postgres"
        with Path(folder, "log").open("wb") as log:
            process = subprocess.Popen([_PROGRAM, str(file)], stdout=log, stderr=log, user=_USER)
        try:
            _wait(url, process)
            yield url
        finally:
            process.terminate()
            process.wait()


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 30
    while process.poll() is None and time.monotonic() < end:
        try:
            psycopg.connect(url).close()
            return
        except psycopg.OperationalError:
            time.sleep(0.05)
    raise AssertionError("pgbouncer did not start.")
