"""The comparison of writes: single ones, over connections that stay open, each kept for good.

Over one connection each write waits for the one before. Over four there is always one that waits
for its turn. More than that would measure the same: the database takes one write at a time.
"""

from functools import partial

from bench import agreement, copies, servers, works, wrk
from bench.copies import Copy
from bench.errors import BenchError
from bench.figures import Finding, Found, Rate, Target
from bench.servers import ALLYGRAPH, WRITING, Server, Service
from bench.session import Session
from bench.works import Work

TARGET = Target(0.5)
CONNECTIONS = (1, 4)


def compare(session: Session) -> Found:
    """AllyGraph and the peer, each on a new copy of the database in each round."""
    work = works.writing(session.database)
    _check(session, work)
    of = session.rounds.run("write", partial(_round, session, work))
    rates = [Rate(work.name, name, figures) for name, figures in of.items()]
    findings = [
        Finding(
            f"write / {_named(WRITING, connections)}",
            of[_named(ALLYGRAPH, connections)].over(of[_named(WRITING, connections)]),
            TARGET,
        )
        for connections in CONNECTIONS
    ]
    return Found(rates, findings)


def _named(service: Service, connections: int) -> str:
    return f"{service.name}, {connections} connection{'s' if connections > 1 else ''}"


def _check(session: Session, work: Work) -> None:
    """That both answer the same writes alike, down to the ids and the revision."""
    with (
        copies.copied(session.database) as ours,
        copies.copied(session.database) as theirs,
        servers.running(ALLYGRAPH, ours.path) as allygraph,
        servers.running(WRITING, theirs.path) as peer,
    ):
        asked = {
            ALLYGRAPH.name: partial(allygraph.ask, token=ours.token),
            WRITING.name: partial(peer.ask, token=theirs.token),
        }
        agreement.check(work, ALLYGRAPH.name, asked)


def _round(session: Session, work: Work) -> dict[str, float]:
    found: dict[str, float] = {}
    for service in (ALLYGRAPH, WRITING):
        with copies.copied(session.database) as copy:
            before = copy.newest_revision()
            with servers.running(service, copy.path) as server:
                rates, answered = _rates(session, work, service, copy, server)
            _check_kept(service, answered, copy.newest_revision() - before)
        found |= rates
    return found


def _rates(
    session: Session, work: Work, service: Service, copy: Copy, server: Server
) -> tuple[dict[str, float], int]:
    """The rates, and how many writes were answered in all. No body is sent twice."""
    rates, answered, first = {}, 0, 0
    for connections in CONNECTIONS:
        name = _named(service, connections)
        load = wrk.Load(name, server.url, work.bodies, connections, copy.token, first)
        measured = wrk.measure(load, session.rounds.seconds)
        rates[name] = measured.rate
        answered += measured.answered
        first += measured.sent
    return rates, answered


def _check_kept(service: Service, answered: int, kept: int) -> None:
    """A write that is refused is answered faster than one that is kept, and with 200 as well."""
    if kept < answered:
        raise BenchError(f"{service.name} answered {answered} writes, and kept {kept} of them.")
