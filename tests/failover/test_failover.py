"""A primary is killed under load, and the replica is promoted."""

from typing import NamedTuple

import pytest

from .clients import Clients, Ledger, wait_for
from .pair import primary_and_replica
from .service import prepared, serving_both


class Story(NamedTuple):
    """What happened, in order of time."""

    ledger: Ledger
    replica_was_asked: bool
    reads_before_the_end: int
    reads_without_primary: int
    known_to_the_new_primary: frozenset[object]


@pytest.fixture(scope="module")
def story() -> Story:
    ledger = Ledger()
    with primary_and_replica() as (primary, replica):
        secret = prepared(primary)
        with serving_both(primary, replica) as server, Clients(server.url, secret, ledger):
            wait_for(lambda: len(ledger.acknowledged) >= 50, "50 writes")
            wait_for(lambda: len(ledger.reads) >= 50, "50 reads")
            asked = replica.ask(
                "SELECT 1 FROM pg_stat_activity WHERE application_name = 'allygraph'"
            )
            before = len(ledger.reads)
            primary.kill()
            wait_for(lambda: ledger.writes[-1] == 503, "a write that is refused")
            wait_for(lambda: len(ledger.reads) >= before + 50, "reads without a primary")
            without = len(ledger.reads)
            written = len(ledger.acknowledged)
            replica.promote()
            wait_for(lambda: len(ledger.acknowledged) >= written + 20, "writes once more")
        known = frozenset(slug for (slug,) in replica.ask("SELECT slug FROM actor"))
    return Story(ledger, bool(asked), before, without, known)


def test_replica_is_asked_while_all_is_well(story: Story) -> None:
    assert story.replica_was_asked


def test_reads_go_on_whatever_happens(story: Story) -> None:
    assert set(story.ledger.reads) == {200}


def test_reads_were_answered_while_there_was_no_primary(story: Story) -> None:
    assert story.reads_without_primary - story.reads_before_the_end >= 50


def test_writes_are_refused_and_then_resume(story: Story) -> None:
    changes = [
        status
        for before, status in zip([0, *story.ledger.writes], story.ledger.writes, strict=False)
        if status != before
    ]
    assert changes == [201, 503, 201]


def test_every_acknowledged_write_is_there(story: Story) -> None:
    assert set(story.ledger.acknowledged) <= story.known_to_the_new_primary


def test_a_writer_reads_its_writes_at_once(story: Story) -> None:
    assert story.ledger.missed == []
