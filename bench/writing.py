"""The comparison of writes: each single, and kept for good before it is answered.

One writer waits for the answer before it writes again. Of four there are always some that wait for
their turn. More would measure the same: the database takes one write at a time.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial

from bench import agreement, copies, servers, works, wrk
from bench.copies import Copy
from bench.databases import Kind
from bench.errors import BenchError
from bench.figures import Finding, Found, Rate, Target
from bench.servers import ALLYGRAPH, WRITING, WRITING_POSTGRESQL, Server, Service
from bench.session import Session
from bench.works import Work

TARGET = Target(0.5)
PEERS = {Kind.SQLITE: WRITING, Kind.POSTGRESQL: WRITING_POSTGRESQL}
# How many write at a time, each over a connection that stays open.
WRITERS = (1, 4)


@dataclass
class Side:
    """One of the two, on its own copy of the database.

    `sent`: how many bodies, so that none is sent twice. `answered`: how many of them surely were.
    """

    service: Service
    copy: Copy
    server: Server
    sent: int = 0
    answered: int = 0

    def ask(self, body: bytes) -> tuple[int, bytes]:
        """The status and the body of the answer to one write."""
        return self.server.ask(body, self.copy.token)

    def rate(self, work: Work, writers: int, seconds: int) -> float:
        """How many writes a second it answers."""
        name, url = self.service.name, self.server.url
        load = wrk.Load(name, url, work.bodies, writers, self.copy.token, self.sent)
        measured = wrk.measure(load, seconds)
        self.sent += measured.sent
        self.answered += measured.answered
        return measured.rate


def compare(session: Session) -> Found:
    """AllyGraph and the peer, each on a new copy of the database in each round."""
    work, peer = works.writing(session.database), PEERS[session.database.kind]
    _check_agreement(session, work)
    of = session.rounds.run("write", partial(_round, session, work))
    found = Found([], [])
    for writers in WRITERS:
        ours, theirs = (of[_named(service, writers)] for service in (ALLYGRAPH, peer))
        who = _in_words(writers)
        found.rates.append(Rate(who, ALLYGRAPH.name, ours))
        found.rates.append(Rate(who, peer.name, theirs))
        found.findings.append(Finding(f"{who} / {peer.name}", ours.over(theirs), TARGET))
    return found


def _in_words(writers: int) -> str:
    return "1 writer" if writers == 1 else f"{writers} writers"


def _named(service: Service, writers: int) -> str:
    return f"{service.name} with {_in_words(writers)}"


@contextmanager
def _sides(session: Session) -> Iterator[list[Side]]:
    with ExitStack() as stack:
        sides = []
        for service in (ALLYGRAPH, PEERS[session.database.kind]):
            copy = stack.enter_context(copies.copied(session.database))
            server = stack.enter_context(servers.running(service, copy.database))
            sides.append(Side(service, copy, server))
        yield sides


def _check_agreement(session: Session, work: Work) -> None:
    """That both answer the same writes alike, down to the ids and the revision."""
    with _sides(session) as sides:
        asked = {side.service.name: side.ask for side in sides}
        agreement.check(work, ALLYGRAPH.name, asked)


def _round(session: Session, work: Work) -> dict[str, float]:
    rates: dict[str, float] = {}
    with _sides(session) as sides:
        before = {side.service: side.copy.newest_revision() for side in sides}
        for writers in WRITERS:
            for side in sides:
                rate = side.rate(work, writers, session.rounds.seconds)
                rates[_named(side.service, writers)] = rate
        for side in sides:
            _check_kept(side, side.copy.newest_revision() - before[side.service])
    return rates


def _check_kept(side: Side, kept: int) -> None:
    """A write that is refused is answered faster than one that is kept, and with 200 as well."""
    if kept < side.answered:
        raise BenchError(
            f"{side.service.name} answered {side.answered} writes, and kept {kept} of them."
        )
