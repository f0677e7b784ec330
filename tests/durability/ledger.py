"""The ledger: what clients were told, and so what must be true of the database."""

from collections import Counter
from threading import Condition
from typing import NamedTuple

from .effects import FORMER, Effect, Name, Row
from .store import Snapshot, Store

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
    """Clients write down what they ask and what they are told; the checks compare.

    A write is known by its message, so whether one in doubt was kept can be read from the
    revisions. What was kept, done in the order of revisions to records in memory, gives what
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
        """What is new since the last check is there with exactly its values, and nothing else."""
        with self._told:
            acknowledged = dict(self._acknowledged)
        with store.snapshot() as snapshot:
            before = len(self._kept)
            touched = self._read_on(snapshot)
            assert acknowledged.items() <= self._kept.items(), "An acknowledged write is lost."
            assert snapshot.rows(touched) == self._expected(touched)
            assert snapshot.counts() == Counter(name.kind for name in self._records)
            assert snapshot.unmatched_history(since=before) == []

    def _read_on(self, snapshot: Snapshot) -> set[Name]:
        """Does what new revisions say was kept; gives the names of all that they touched."""
        touched: set[Name] = set()
        for number, author, message in snapshot.revisions(since=len(self._kept)):
            assert number == len(self._kept) + 1, "Revisions have a gap."
            assert message not in self._kept, "A write was done twice."
            assert author == self._asked[message].author
            self._kept[message] = number
            touched |= self._do(number, self._asked[message].effect)
        return touched

    def _do(self, revision: int, effect: Effect) -> set[Name]:
        changes = effect.changes(self._records)
        for name, row in changes.items():
            action = "UPDATED" if name in self._records else "CREATED"
            action = "DELETED" if row is None else action
            if name.kind != FORMER:
                self._changes.append(Change(revision, action, name, row))
            if row is None:
                del self._records[name]
            else:
                self._records[name] = row
        return set(changes)

    def _expected(self, names: set[Name]) -> dict[Name, Row]:
        return {name: self._records[name] for name in names if name in self._records}

    def check_whole(self, store: Store) -> None:
        """Every row of every table, once nobody writes any more."""
        self.check(store)
        with store.snapshot() as snapshot:
            assert snapshot.rows() == self._records
            kept = {m: number for m, number in self._kept.items() if self._asked[m].has_key}
            assert snapshot.kept_answers() == kept
            assert snapshot.faults() == []

    @property
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
