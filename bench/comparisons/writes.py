"""The comparison of writes: one record per request, committed before the response.

Each writer waits for the response before it writes again. With four writers there is always one
waiting; more would measure the same, since the database takes one write at a time.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial

from bench import agreement, servers, workloads, wrk
from bench.databases import Kind
from bench.errors import BenchError
from bench.figures import Finding, Outcome, Rate, Target
from bench.generated import copies
from bench.generated.copies import Copy
from bench.servers import ALLYGRAPH, WRITING, WRITING_POSTGRESQL, Server, Service
from bench.session import Session
from bench.workloads import Workload

TARGET = Target(0.5)
PEERS = {Kind.SQLITE: WRITING, Kind.POSTGRESQL: WRITING_POSTGRESQL}
# The number of concurrent writers, each with one connection.
WRITERS = (1, 4)


@dataclass
class Contender:
    """One of the two services, on its own copy of the database.

    `sent`: the number of bodies sent, so that none is sent twice. `acknowledged`: how many of them
    certainly got a response.
    """

    service: Service
    copy: Copy
    server: Server
    sent: int = 0
    acknowledged: int = 0

    def send(self, body: bytes) -> tuple[int, bytes]:
        """Sends one write. Returns the status and the body of the response."""
        return self.server.send(body, self.copy.token)

    def rate(self, workload: Workload, writers: int, seconds: int) -> float:
        """The number of writes per second."""
        name, url = self.service.name, self.server.url
        load = wrk.Load(name, url, workload.bodies, writers, self.copy.token, self.sent)
        measured = wrk.measure(load, seconds)
        self.sent += measured.sent
        self.acknowledged += measured.responses
        return measured.rate


def compare(session: Session) -> Outcome:
    """AllyGraph and the peer, each on a new copy of the database in every round."""
    writes, peer = workloads.writes(session.database), PEERS[session.database.kind]
    _check_agreement(session, writes)
    of = session.rounds.run("write", partial(_round, session, writes))
    outcome = Outcome([], [])
    for writers in WRITERS:
        ours, theirs = (of[_named(service, writers)] for service in (ALLYGRAPH, peer))
        workload = _label(writers)
        outcome.rates.append(Rate(workload, ALLYGRAPH.name, ours))
        outcome.rates.append(Rate(workload, peer.name, theirs))
        outcome.findings.append(Finding(f"{workload} / {peer.name}", ours.over(theirs), TARGET))
    return outcome


def _label(writers: int) -> str:
    return "1 writer" if writers == 1 else f"{writers} writers"


def _named(service: Service, writers: int) -> str:
    return f"{service.name} with {_label(writers)}"


@contextmanager
def _contenders(session: Session) -> Iterator[list[Contender]]:
    with ExitStack() as stack:
        contenders = []
        for service in (ALLYGRAPH, PEERS[session.database.kind]):
            copy = stack.enter_context(copies.copied(session.database))
            server = stack.enter_context(servers.running(service, copy.database))
            contenders.append(Contender(service, copy, server))
        yield contenders


def _check_agreement(session: Session, workload: Workload) -> None:
    """Both must return the same results, including the ids and the revision."""
    with _contenders(session) as contenders:
        senders = {contender.service.name: contender.send for contender in contenders}
        agreement.check(workload, ALLYGRAPH.name, senders)


def _round(session: Session, workload: Workload) -> dict[str, float]:
    rates: dict[str, float] = {}
    with _contenders(session) as contenders:
        before = {contender.service: contender.copy.newest_revision() for contender in contenders}
        for writers in WRITERS:
            for contender in contenders:
                rate = contender.rate(workload, writers, session.rounds.seconds)
                rates[_named(contender.service, writers)] = rate
        for contender in contenders:
            _check_kept(contender, contender.copy.newest_revision() - before[contender.service])
    return rates


def _check_kept(contender: Contender, kept: int) -> None:
    """A refused write also returns 200, and faster: so committed writes are counted."""
    if kept < contender.acknowledged:
        raise BenchError(
            f"{contender.service.name} acknowledged {contender.acknowledged} writes, but committed "
            f"{kept}."
        )
