"""One request is one transaction and one revision, committed before the response, or not at all."""

import asyncio
import subprocess
import sys
import threading
import time
from functools import partial
from pathlib import Path

import pytest

from service.auth.callers import Caller, Role
from service.database.executors import ask_within
from service.errors import BusyDatabase, DatabaseUnavailable, InvalidRecord, TimedOut
from service.request.context import RequestContext
from service.settings import Settings
from service.writing.transaction import Transaction
from service.writing.writer import Writer, WriteResult
from tests.conftest import ROOT
from tests.stores import ON_POSTGRESQL, database_of, url_of, writing_elsewhere
from tests.writing.world import ALICE, World, creating, deleting, refused, updating

NEVER_DONE = (
    "SELECT pg_sleep(60)"
    if ON_POSTGRESQL
    else "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
)
BOB = {"slug": "bob", "name": "Bob", "kind": "PERSON"}


def test_a_write_is_a_revision_by_its_caller(world: World) -> None:
    answer = world.do(creating("Actor", **BOB), caller=Caller("bob", Role.ADMIN))
    assert answer == WriteResult(200, b"done", revision=8)
    assert world.rows("SELECT author, message FROM revision WHERE number = 8") == [
        ("bob", "Created actor_5.")
    ]


def test_all_operations_of_a_request_are_one_revision(world: World) -> None:
    world.do(
        creating("Actor", **BOB),
        updating("actor_1", name="New"),
        creating("Source", title="T"),
        deleting("actor_5"),
    )
    assert world.revision() == 8
    assert world.value("SELECT message FROM revision WHERE number = 8") == (
        "Created actor_5, source_2. Updated actor_1. Deleted actor_5."
    )


def test_the_client_may_say_what_a_revision_changed(world: World) -> None:
    world.do(creating("Actor", **BOB), message="Bob spoke up.")
    assert world.value("SELECT message FROM revision WHERE number = 8") == "Bob spoke up."


@pytest.mark.parametrize(
    ("message", "code"),
    [("", "EMPTY_TEXT"), ("m" * 2001, "TOO_LONG"), ("bell\x07", "BAD_CHARACTER")],
)
def test_a_message_obeys_the_rules_of_its_column(world: World, message: str, code: str) -> None:
    with refused(("message", code)):
        world.do(creating("Actor", **BOB), message=message)
    assert world.revision() == 7


def test_a_message_of_many_notes_is_as_long_as_one_may_be(world: World) -> None:
    world.do(*(creating("Source", title=f"T {number}") for number in range(500)))
    message = world.value("SELECT message FROM revision WHERE number = 8")
    assert 1900 < len(message) <= 2000
    assert message.startswith("Created source_2, source_3, ")
    assert message.endswith(" and more.")


def test_the_revision_read_within_its_request_is_complete(world: World) -> None:
    seen: list[object] = []

    def look(tx: Transaction) -> None:
        tx.finish()
        tx.complete()
        query = "SELECT number, message FROM revision ORDER BY 1 DESC"
        seen.append(tuple(tx.connection.exec_driver_sql(query).first() or ()))

    world.do(creating("Actor", **BOB), creating("Source", title="T"), look)
    assert seen == [(8, "Created actor_5, source_2.")]


def test_a_result_that_takes_long_to_read_is_not_waited_for(world: World) -> None:
    def slow(tx: Transaction) -> None:
        ask_within(tx.connection, [(NEVER_DONE, ())], time.monotonic() + 0.05)

    with pytest.raises(TimedOut, match="select less of it"):
        world.do(creating("Actor", **BOB), slow)
    assert world.revision() == 7
    assert world.create("Actor", **BOB).startswith("actor_")


@pytest.mark.postgresql
def test_the_time_limit_of_a_result_is_that_of_nothing_else(world: World) -> None:
    limits: list[object] = []

    def read(tx: Transaction) -> None:
        limit = "SELECT current_setting('statement_timeout')"
        end = time.monotonic() + 100
        limits.extend(value for (value,) in ask_within(tx.connection, [(limit, ())] * 2, end))
        limits.append(tx.connection.exec_driver_sql(limit).scalar_one())

    world.do(read)
    assert limits[2] == "0"
    assert [bytes(each).endswith((b"ms", b"s", b"min")) for each in limits[:2]] == [True, True]


def test_a_work_that_raises_leaves_nothing_behind(world: World) -> None:
    before = world.everything()

    def fail(_: Transaction) -> None:
        raise LookupError("a fault")

    with pytest.raises(LookupError):
        world.do(creating("Actor", **BOB), fail)
    assert world.everything() == before
    assert world.do(creating("Actor", **BOB)).revision == 8


def test_an_answer_that_is_not_to_be_kept_leaves_nothing_behind(world: World) -> None:
    before = world.everything()

    def work(tx: Transaction) -> WriteResult:
        creating("Actor", **BOB)(tx)
        return WriteResult(422, b"no", is_kept=False)

    answer = world.write(work)
    assert (answer.status, answer.body, answer.revision) == (422, b"no", None)
    assert world.everything() == before


def test_a_revision_that_was_undone_is_not_missing(world: World) -> None:
    for given in ({**BOB}, {**BOB, "slug": "Not a slug"}, {**BOB, "slug": "robert"}):
        try:
            world.create("Actor", **given)
        except InvalidRecord:
            continue
    assert world.rows("SELECT number FROM revision WHERE number > 6") == [(7,), (8,), (9,)]


def test_a_write_refused_by_the_database_is_an_error_and_stores_nothing(world: World) -> None:
    before = world.everything()
    with pytest.raises(Exception, match=r"(?i)foreign key constraint"):
        world.do(lambda tx: tx.connection.exec_driver_sql("DELETE FROM actor WHERE id = 1"))
    assert world.everything() == before
    world.create("Actor", **BOB)


# --- other processes ----------------------------------------------------------------------------


def test_a_write_that_waits_too_long_may_be_retried(world: World) -> None:
    impatient = World(world.path, write_seconds=0.05)
    with (
        writing_elsewhere(world.path),
        pytest.raises(DatabaseUnavailable, match="send it again") as caught,
    ):
        impatient.create("Actor", **BOB)
    assert "locked" not in caught.value.message
    assert impatient.create("Actor", **BOB) == "actor_5"
    impatient.close()


def test_a_write_waits_for_another_process(world: World) -> None:
    with writing_elsewhere(world.path) as stop:
        thread = threading.Timer(0.1, stop)
        thread.start()
        assert world.create("Actor", **BOB) == "actor_5"
        thread.join()


def test_time_in_the_queue_counts(world: World) -> None:
    """Each write waits up to its own limit, not once more for each earlier one."""
    impatient = Writer(database_of(world.path), Settings(write_seconds=0.3, waiting_writes=200))

    async def write_all() -> list[object]:
        request = RequestContext(ALICE)
        writes = [impatient.write(request, lambda _: WriteResult(200, b"")) for _ in range(200)]
        return list(await asyncio.gather(*writes, return_exceptions=True))

    with writing_elsewhere(world.path):
        # 200 times 0.3 seconds would be a minute.
        answers = asyncio.run(asyncio.wait_for(write_all(), 20))
    impatient.close()
    assert {type(answer) for answer in answers} == {BusyDatabase}


@pytest.mark.sqlite
def test_a_database_that_is_gone_is_not_created_again(world: World, tmp_path: Path) -> None:
    lost = World(tmp_path / "lost.db")
    with pytest.raises(DatabaseUnavailable, match="is missing; restore it"):
        lost.create("Actor", **BOB)
    lost.close()
    assert not (tmp_path / "lost.db").exists()


@pytest.mark.sqlite
def test_a_file_that_is_no_database_is_reported(tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("This is no database, but a text that is long enough." * 50)
    broken = World(tmp_path / "text.db")
    with pytest.raises(DatabaseUnavailable, match="is not a SQLite database"):
        broken.create("Actor", **BOB)
    broken.close()


def test_a_writer_that_is_closed_says_so(world: World) -> None:
    world.close()
    with pytest.raises(DatabaseUnavailable, match="stops"):
        world.create("Actor", **BOB)


def rename(number: int, tx: Transaction) -> WriteResult:
    updating("actor_1", name=f"Iran {number}")(tx)
    return WriteResult(200, b"")


def test_closing_waits_for_the_writes_under_way(world: World) -> None:
    async def write_and_close() -> list[WriteResult]:
        request = RequestContext(ALICE)
        writes = [
            asyncio.ensure_future(world.writer.write(request, partial(rename, number)))
            for number in range(20)
        ]
        await asyncio.sleep(0)
        await asyncio.to_thread(world.close)
        return await asyncio.gather(*writes)

    assert [answer.revision for answer in asyncio.run(write_and_close())] == list(range(8, 28))


ENDLESS = """
from pathlib import Path
from tests.stores import stand_for
from tests.writing.world import World
path = Path({path!r})
stand_for(path, {url!r})
world = World(path)
for number in range(10**9):
    print(world.create("Source", title=f"T {{number}}"), flush=True)
"""


def test_a_process_that_is_killed_loses_nothing_that_it_has_answered(world: World) -> None:
    command = [sys.executable, "-c", ENDLESS.format(path=str(world.path), url=url_of(world.path))]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        answered = [process.stdout.readline() for _ in range(20)]
        process.kill()
        answered += process.stdout.readlines()
    ids = {line.strip() for line in answered if line.endswith("\n")}
    kept = {f"source_{id}" for (id,) in world.rows("SELECT id FROM source WHERE id > 1")}
    assert len(ids) >= 20
    # One more write may have been committed without a response.
    assert ids <= kept
    assert len(kept - ids) <= 1
    assert world.value("SELECT count(*) FROM revision") == world.revision() + 1
