"""The ledger: what clients were told, and so what must be true of the database."""

from threading import Condition
from typing import NamedTuple

from tests.counted_supports import check_counts
from tests.durability.effects import FORMER, Effect, Name, Row
from tests.durability.store import Snapshot, Store

# How long one write may take before the whole is given up, in seconds.
_PATIENCE = 60


class Write(NamedTuple):
    """A write that a client asks for; its message is its name. `has_key`: it can be asked again."""

    message: str
    author: str
    effect: Effect
    has_key: bool


class Change(NamedTuple):
    """What one revision did to one record, and the record as it then stood."""

    revision: int
    action: str
    name: Name
    row: Row | None


class Ledger:
    """Clients record each request and its response; the checks compare them with the database.

    A write is known by its message, so whether one in doubt was kept can be read from the
    revisions. What was kept, done to records in memory in the order of revisions, gives what
    every table must hold.
    """

    def __init__(self) -> None:
        self._told = Condition()
        self._asked: dict[str, Write] = {}
        self._acknowledged: dict[str, int] = {}
        self._in_doubt: list[Write] = []
        self._kept: dict[str, int] = {}
        self._records: dict[Name, Row] = {}
        self._changes: list[Change] = []

    # --- what clients write down ----------------------------------------------------------------

    def ask(self, write: Write) -> None:
        """Before it is sent: whatever becomes of it, the database may hold it from now on."""
        assert write.message not in self._asked
        self._asked[write.message] = write

    def acknowledge(self, write: Write, revision: int) -> None:
        """The whole answer was read."""
        with self._told:
            self._acknowledged[write.message] = revision
            self._told.notify_all()

    def doubt(self, write: Write) -> None:
        """The connection broke before there was an answer."""
        with self._told:
            self._in_doubt.append(write)

    def wait_for_acknowledged(self, more: int) -> None:
        """Waits until so many more writes have been acknowledged."""
        with self._told:
            wanted = len(self._acknowledged) + more
            assert self._told.wait_for(lambda: len(self._acknowledged) >= wanted, _PATIENCE)

    # --- what must be true ----------------------------------------------------------------------

    def check(self, store: Store) -> None:
        """Every row is there because of a write that was kept, with exactly its values."""
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
        """Does what new revisions say was kept."""
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
        """Every change that the kept writes made."""
        return sorted(self._changes)

    def figures(self) -> str:
        """What happened, in a line."""
        open_ones = [write for write in self._in_doubt if not write.has_key]
        kept = [write for write in open_ones if write.message in self._kept]
        return (
            f"{len(self._acknowledged)} writes acknowledged, {len(self._in_doubt)} in doubt: "
            f"{len(self._in_doubt) - len(open_ones)} asked again with their key, of the others "
            f"{len(kept)} were kept and {len(open_ones) - len(kept)} were not"
        )
