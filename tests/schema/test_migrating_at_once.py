"""If several processes start at once, one migrates, and the others find it done."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from time import monotonic

from sqlalchemy import Engine, inspect, text

from schema import migrations
from schema.records.revision import lock_for_writing

PROCESSES = 4

# Waits for a line of input, migrates, and prints how many tables it created.
MIGRATE = """
import sys
from alembic import command
from sqlalchemy import create_engine, event
from schema.migrations import upgrade

# On a busy machine a migration takes longer than SQLite waits by default.
waiting = {"timeout": 60} if sys.argv[1].startswith("sqlite") else {}
engine, made = create_engine(sys.argv[1], connect_args=waiting), []

@event.listens_for(engine, "before_cursor_execute")
def note(connection, cursor, statement, *rest):
    made.extend(["a table"] if statement.strip().startswith("CREATE TABLE") else [])

print("ready", flush=True)
sys.stdin.readline()
upgrade(engine)
print(len(made))
"""


def test_of_many_processes_one_migrates(url: str, engine: Engine) -> None:
    driver = url.replace("postgresql://", "postgresql+psycopg://")
    command = [sys.executable, "-c", MIGRATE, driver]
    with ExitStack() as stack:
        pipe = subprocess.PIPE
        processes = [
            stack.enter_context(subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True))
            for _ in range(PROCESSES)
        ]
        for process in processes:
            assert process.stdout
            assert process.stdout.readline() == "ready\n"
        with ThreadPoolExecutor(PROCESSES) as threads:
            made = list(threads.map(lambda process: process.communicate("go\n")[0], processes))
        assert [process.returncode for process in processes] == [0] * PROCESSES
    *others, most = sorted(map(int, made))
    assert others == [0] * (PROCESSES - 1)
    # A migration may recreate a table, so more are created than remain.
    assert most >= len(inspect(engine).get_table_names())
    with engine.connect() as connection:
        assert migrations.current(connection) == migrations.head()


def test_a_migration_waits_for_a_writer(engine: Engine) -> None:
    with ThreadPoolExecutor(1) as thread:
        with engine.begin() as connection:
            lock_for_writing(connection)
            migration = thread.submit(migrations.upgrade, engine)
            if engine.dialect.name == "postgresql":
                wait_until_somebody_waits(engine)
            assert not migration.done()
            assert inspect(connection).get_table_names() == []
        migration.result()
    assert "actor" in inspect(engine).get_table_names()


def wait_until_somebody_waits(engine: Engine) -> None:
    query = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
    end = monotonic() + 60
    while monotonic() < end:
        with engine.connect() as connection:
            if connection.scalar(query):
                return
    raise AssertionError("Nobody waits.")
