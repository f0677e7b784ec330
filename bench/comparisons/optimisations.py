"""The comparison of optimisations: AllyGraph with each optimisation, and without it.

An optimisation with a component of its own stays only while it gains 15 per cent (decisions 0021
and 0022).
"""

from typing import NamedTuple

from bench import workloads, wrk
from bench.databases import Kind
from bench.figures import Finding, Outcome, Target
from bench.servers import UNCACHED, Service, with_setting
from bench.session import Session

GAIN = Target(1.15)


class Optimisation(NamedTuple):
    """An optimisation, and AllyGraph without it."""

    name: str
    without: Service


def _optimisation(name: str, setting: str) -> Optimisation:
    return Optimisation(name, with_setting(UNCACHED, f"without {name}", setting, "false"))


WRITE_COALESCING = _optimisation("write coalescing", "WRITE_COALESCING")
STATEMENT_BATCHING = _optimisation("statement batching", "STATEMENT_BATCHING")

OPTIMISATIONS = {
    Kind.SQLITE: (WRITE_COALESCING,),
    Kind.POSTGRESQL: (WRITE_COALESCING, STATEMENT_BATCHING),
}


def compare(session: Session) -> Outcome:
    """Look-ups without the cache: the smallest responses gain most."""
    lookup = workloads.lookup(session.database)
    optimisations = OPTIMISATIONS[session.database.kind]
    services = (UNCACHED, *(each.without for each in optimisations))
    loads = [
        wrk.Load(service.name, session.server(service).url, lookup.bodies) for service in services
    ]
    rates = session.rounds.measure("lookup, optimised", loads)
    figures = {rate.service: rate.figures for rate in rates}
    findings = [
        Finding(
            f"lookup / without {each.name}",
            figures[UNCACHED.name].over(figures[each.without.name]),
            GAIN,
        )
        for each in optimisations
    ]
    return Outcome(rates, findings)
