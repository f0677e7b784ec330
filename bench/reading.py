"""Comparisons of questions: a page, a lookup, an answer from the cache, a page as of then."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bench import agreement, depth, works, wrk
from bench.changes import MIDDLE
from bench.databases import Database, Kind
from bench.figures import Finding, Found, Rate, Target
from bench.servers import (
    ALLYGRAPH,
    CONSTANT,
    HANDWRITTEN,
    HANDWRITTEN_POSTGRESQL,
    MERCURIUS,
    POSTGRAPHILE,
    STOCK,
    UNCACHED,
    Service,
)
from bench.session import Session
from bench.works import Work

DEPTH = Target(1.3, at_most=True)
AS_OF = Target(2, at_most=True)


@dataclass(frozen=True)
class Contest:
    """One work: which AllyGraph is measured at it, and how it has to compare with whom.

    `targets`: those of each database. `beside`: who is measured for the reader to see, with no
    target. Peers that answer the same are seen to do so; the constant one does not.
    """

    work: Callable[[Database], Work]
    allygraph: Service
    targets: Mapping[Kind, Mapping[Service, Target]]
    beside: Sequence[Service] = ()

    def run(self, session: Session) -> Found:
        """All of them, one after the other in each round."""
        work = self.work(session.database)
        targets = self.targets[session.database.kind]
        services = (self.allygraph, *targets, *self.beside)
        self._check(session, work, services)
        loads = [_load(session, service, work) for service in services]
        rates = session.rounds.measure(work.name, loads)
        return Found(rates, self._findings(work.name, rates, targets))

    def _check(self, session: Session, work: Work, services: Sequence[Service]) -> None:
        answering = [service for service in services if service is not CONSTANT]
        asked = {
            service.name: service.phrasing.asking(session.server(service).ask)
            for service in answering
        }
        agreement.check(work, self.allygraph.name, asked)

    def _findings(
        self, work: str, rates: Sequence[Rate], targets: Mapping[Service, Target]
    ) -> list[Finding]:
        of = {rate.name: rate.figures for rate in rates}
        ours = of[self.allygraph.name]
        return [
            Finding(f"{work} / {other.name}", ours.over(of[other.name]), target)
            for other, target in targets.items()
        ]


def _load(session: Session, service: Service, work: Work) -> wrk.Load:
    bodies = tuple(service.phrasing.bodies(work))
    return wrk.Load(service.name, session.server(service).url, bodies)


PAGE = Contest(
    works.page,
    UNCACHED,
    {
        Kind.SQLITE: {HANDWRITTEN: Target(0.8), STOCK: Target(25)},
        Kind.POSTGRESQL: {
            HANDWRITTEN_POSTGRESQL: Target(0.8),
            MERCURIUS: Target(3),
            POSTGRAPHILE: Target(3),
        },
    },
    beside=(CONSTANT,),
)
LOOKUP = Contest(
    works.lookup,
    UNCACHED,
    {
        Kind.SQLITE: {HANDWRITTEN: Target(0.7), STOCK: Target(7)},
        Kind.POSTGRESQL: {
            HANDWRITTEN_POSTGRESQL: Target(0.8),
            MERCURIUS: Target(1),
            POSTGRAPHILE: Target(2),
        },
    },
    beside=(CONSTANT,),
)
_CACHED = {CONSTANT: Target(0.7)}
CACHED = Contest(works.repeated, ALLYGRAPH, dict.fromkeys(Kind, _CACHED))


def compare_depths(session: Session) -> Found:
    """The first page against one far down, in each order."""
    orders = list(depth.pages(session.server(UNCACHED)))
    loads = [load for pages in orders for load in (pages.first, pages.deep)]
    rates = session.rounds.measure("depth", loads)
    of = {rate.name: rate.figures for rate in rates}
    findings = [
        Finding(pages.name, of[pages.first.name].over(of[pages.deep.name]), DEPTH)
        for pages in orders
    ]
    return Found(rates, findings)


def compare_as_of(session: Session) -> Found:
    """A page of today against the same page as the data stood at an earlier revision."""
    server = session.server(UNCACHED)
    today, then = "today", f"as of revision {MIDDLE}"
    asked = {today: works.page(session.database), then: works.page_as_of(session.database)}
    for work in asked.values():
        agreement.check(work, server.name, {server.name: server.ask})
    loads = [wrk.Load(name, server.url, work.bodies) for name, work in asked.items()]
    rates = session.rounds.measure("asOf", loads)
    of = {rate.name: rate.figures for rate in rates}
    ratio = of[today].over(of[then])
    return Found(rates, [Finding(f"today / as of revision {MIDDLE}", ratio, AS_OF)])
