"""The comparisons of reads: a page, a look-up, a cached look-up, pages far down, a page as of."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bench import agreement, workloads, wrk
from bench.comparisons import depth
from bench.databases import Database, Kind
from bench.figures import Finding, Outcome, Rate, Target
from bench.generated.changes import MIDDLE
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
from bench.workloads import Workload

DEPTH = Target(1.3, at_most=True)
AS_OF = Target(2, at_most=True)


@dataclass(frozen=True)
class PeerComparison:
    """AllyGraph and its peers under one workload.

    `targets`: by database, for each peer. `without_target`: peers that are measured for information
    only. The results of all peers but the constant one are checked first.
    """

    workload: Callable[[Database], Workload]
    allygraph: Service
    targets: Mapping[Kind, Mapping[Service, Target]]
    without_target: Sequence[Service] = ()

    def run(self, session: Session) -> Outcome:
        """Measures all of them, one after the other in each round."""
        workload = self.workload(session.database)
        targets = self.targets[session.database.kind]
        services = (self.allygraph, *targets, *self.without_target)
        self._check(session, workload, services)
        loads = [_load(session, service, workload) for service in services]
        rates = session.rounds.measure(workload.name, loads)
        return Outcome(rates, self._findings(workload.name, rates, targets))

    def _check(self, session: Session, workload: Workload, services: Sequence[Service]) -> None:
        senders = {
            service.name: service.adapter.wrap(session.server(service).send)
            for service in services
            if service is not CONSTANT
        }
        agreement.check(workload, self.allygraph.name, senders)

    def _findings(
        self, workload: str, rates: Sequence[Rate], targets: Mapping[Service, Target]
    ) -> list[Finding]:
        figures = {rate.service: rate.figures for rate in rates}
        ours = figures[self.allygraph.name]
        return [
            Finding(f"{workload} / {peer.name}", ours.over(figures[peer.name]), target)
            for peer, target in targets.items()
        ]


def _load(session: Session, service: Service, workload: Workload) -> wrk.Load:
    bodies = tuple(service.adapter.bodies(workload))
    return wrk.Load(service.name, session.server(service).url, bodies)


PAGE = PeerComparison(
    workloads.page,
    UNCACHED,
    {
        Kind.SQLITE: {HANDWRITTEN: Target(0.8), STOCK: Target(25)},
        Kind.POSTGRESQL: {
            HANDWRITTEN_POSTGRESQL: Target(0.8),
            MERCURIUS: Target(3),
            POSTGRAPHILE: Target(3),
        },
    },
    without_target=(CONSTANT,),
)
LOOKUP = PeerComparison(
    workloads.lookup,
    UNCACHED,
    {
        Kind.SQLITE: {HANDWRITTEN: Target(0.7), STOCK: Target(7)},
        Kind.POSTGRESQL: {
            HANDWRITTEN_POSTGRESQL: Target(0.8),
            MERCURIUS: Target(1),
            POSTGRAPHILE: Target(2),
        },
    },
    without_target=(CONSTANT,),
)
_CACHED = {CONSTANT: Target(0.7)}
CACHED = PeerComparison(workloads.repeated, ALLYGRAPH, dict.fromkeys(Kind, _CACHED))


def compare_depths(session: Session) -> Outcome:
    """The first page against one far down, in each sort order."""
    orders = list(depth.pages(session.server(UNCACHED)))
    loads = [load for pages in orders for load in (pages.first, pages.deep)]
    rates = session.rounds.measure("depth", loads)
    figures = {rate.service: rate.figures for rate in rates}
    findings = [
        Finding(pages.name, figures[pages.first.name].over(figures[pages.deep.name]), DEPTH)
        for pages in orders
    ]
    return Outcome(rates, findings)


def compare_as_of(session: Session) -> Outcome:
    """A page against the same page as of an earlier revision."""
    server = session.server(UNCACHED)
    today, then = "today", f"as of revision {MIDDLE}"
    pages = {today: workloads.page(session.database), then: workloads.page_as_of(session.database)}
    for workload in pages.values():
        agreement.check(workload, server.name, {server.name: server.send})
    loads = [wrk.Load(name, server.url, workload.bodies) for name, workload in pages.items()]
    rates = session.rounds.measure("asOf", loads)
    figures = {rate.service: rate.figures for rate in rates}
    ratio = figures[today].over(figures[then])
    return Outcome(rates, [Finding(f"page today / as of revision {MIDDLE}", ratio, AS_OF)])
