"""The ledger: the responses that clients received, which the database must agree with."""

from threading import Condition
from typing import NamedTuple

from tests.counted_supports import check_counts
from tests.durability.effects import FORMER, Effect, Name, Row
from tests.durability.store import Snapshot, Store

# The maximum seconds of one write, after which the test fails.
_PATIENCE = 60


class Write(NamedTuple):
    """A write of a client, identified by its message. `has_key`: whether it can be repeated."""

    message: str
    author: str
    effect: Effect
    has_key: bool


class Change(NamedTuple):
    """The change of one record in one revision, and the record after it."""

    revision: int
    action: str
    name: Name
    row: Row | None


class Ledger:
    """Clients record each request and its response; the checks compare them with the database.

    A write is identified by its message, so the revisions show whether a write in doubt was stored.
    Applying the stored writes to records in memory, in the order of revisions, gives the expected
    content of every table.
    """

    def __init__(self) -> None:
        self._told = Condition()
        self._asked: dict[str, Write] = {}
        self._acknowledged: dict[str, int] = {}
        self._in_doubt: list[Write] = []
        self._kept: dict[str, int] = {}
        self._records: dict[Name, Row] = {}
        self._changes: list[Change] = []

    # --- what clients record --------------------------------------------------------------------

    def ask(self, write: Write) -> None:
        """Records a write before it is sent: from now on the database may contain it."""
        assert write.message not in self._asked
        self._asked[write.message] = write

    def acknowledge(self, write: Write, revision: int) -> None:
        """Records that the complete response was read."""
        with self._told:
            self._acknowledged[write.message] = revision
            self._told.notify_all()

    def doubt(self, write: Write) -> None:
        """Records that the connection broke before a response."""
        with self._told:
            self._in_doubt.append(write)

    def wait_for_acknowledged(self, more: int) -> None:
        """Waits until this many more writes have been acknowledged."""
        with self._told:
            wanted = len(self._acknowledged) + more
            assert self._told.wait_for(lambda: len(self._acknowledged) >= wanted, _PATIENCE)

    # --- what must be true ----------------------------------------------------------------------

    def check(self, store: Store) -> None:
        """Checks that the tables contain the stored writes, with exactly their values."""
        with self._told:
            acknowledged = dict(self._acknowledged)
        with store.snapshot() as snapshot:
            self._read_on(snapshot)
            assert acknowledged.items() <= self._kept.items(), "An acknowledged write is lost."
            assert snapshot.rows() == self._records
            assert snapshot.kept_answers() == self._kept_with_key()
            assert snapshot.unmatched_history() == []
            assert snapshot.faults() == []
            check_counts(snapshot.select)

    def _read_on(self, snapshot: Snapshot) -> None:
        """Applies the writes of new revisions."""
        for number, author, message in snapshot.revisions(since=len(self._kept)):
            assert number == len(self._kept) + 1, "Revisions have a gap."
            assert message not in self._kept, "A write was done twice."
            assert author == self._asked[message].author
            self._kept[message] = number
            self._do(number, self._asked[message].effect)

    def _do(self, revision: int, effect: Effect) -> None:
        for name, row in effect.changes(self._records).items():
            action = "UPDATED" if name in self._records else "CREATED"
            action = "DELETED" if row is None else action
            if name.kind != FORMER:
                self._changes.append(Change(revision, action, name, row))
            if row is None:
                del self._records[name]
            else:
                self._records[name] = row

    def _kept_with_key(self) -> dict[str, int]:
        kept = self._kept.items()
        return {message: number for message, number in kept if self._asked[message].has_key}

    def changes(self) -> list[Change]:
        """Returns every change of the stored writes."""
        return sorted(self._changes)

    def figures(self) -> str:
        """Returns a summary in one line."""
        open_ones = [write for write in self._in_doubt if not write.has_key]
        kept = [write for write in open_ones if write.message in self._kept]
        return (
            f"{len(self._acknowledged)} writes acknowledged, {len(self._in_doubt)} in doubt: "
            f"{len(self._in_doubt) - len(open_ones)} asked again with their key, of the others "
            f"{len(kept)} were kept and {len(open_ones) - len(kept)} were not"
        )
