"""The comparisons: what each measures, and the targets its figures are held against."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from bench import agreement, depth, servers, works, wrk
from bench.figures import Figures, Finding, Rate, Target
from bench.servers import ALLYGRAPH, HANDWRITTEN, STOCK, Server
from bench.works import Work

Say = Callable[[str], None]


class Comparison(StrEnum):
    """What can be asked for alone."""

    PAGE = "page"
    LOOKUP = "lookup"
    DEPTH = "depth"
    START = "start"


# By work, whom AllyGraph is compared with and how it has to compare.
RATIOS = {
    Comparison.PAGE: {HANDWRITTEN: Target(0.8), STOCK: Target(25)},
    Comparison.LOOKUP: {HANDWRITTEN: Target(0.7), STOCK: Target(7)},
}
WORKS = {Comparison.PAGE: works.page, Comparison.LOOKUP: works.lookup}
DEPTH = Target(1.3, at_most=True)
MEMORY = Target(150, "MiB", at_most=True)
START = Target(1.5, "s", at_most=True)


@dataclass(frozen=True)
class Rounds:
    """How often each load is measured, for how long, and who is told about it."""

    count: int
    seconds: int
    say: Say

    def measure(self, work: str, loads: Sequence[wrk.Load]) -> list[Rate]:
        """Each load once a round, so that all of them meet the same hour of the machine."""
        values: dict[str, list[float]] = {load.name: [] for load in loads}
        for number in range(1, self.count + 1):
            for load in loads:
                values[load.name].append(wrk.rate(load, self.seconds))
            said = ", ".join(f"{name} {value[-1]:,.0f}" for name, value in values.items())
            self.say(f"{work}, round {number} of {self.count}: {said}")
        return [Rate(work, name, Figures(tuple(of))) for name, of in values.items()]


def compare(work: Work, running: Mapping[str, Server], rounds: Rounds) -> list[Rate]:
    """All servers at one work, once they have been seen to answer it alike."""
    asked = {name: server.ask for name, server in running.items() if name != servers.CONSTANT}
    agreement.check(work, ALLYGRAPH, asked)
    return rounds.measure(
        work.name, [wrk.Load(name, server.url, work.bodies) for name, server in running.items()]
    )


def ratios(comparison: Comparison, rates: Sequence[Rate]) -> Iterator[Finding]:
    """AllyGraph's rate over those of the others."""
    by_name = {rate.name: rate.figures for rate in rates}
    for other, target in RATIOS[comparison].items():
        figures = by_name[ALLYGRAPH].over(by_name[other])
        yield Finding(f"{comparison} / {other}", figures, target)


def compare_depths(server: Server, rounds: Rounds) -> tuple[list[Rate], list[Finding]]:
    """The first page against one far down, in each order."""
    orders = list(depth.pages(server))
    loads = [load for pages in orders for load in (pages.first, pages.deep)]
    rates = rounds.measure(Comparison.DEPTH, loads)
    of = {rate.name: rate.figures for rate in rates}
    findings = [
        Finding(pages.name, of[pages.first.name].over(of[pages.deep.name]), DEPTH)
        for pages in orders
    ]
    return rates, findings


def start(database: Path, count: int) -> Finding:
    """From the start of a process to its first answer."""
    times = []
    for _ in range(count):
        with servers.running(ALLYGRAPH, database) as server:
            times.append(server.seconds_to_first_answer)
    return Finding("start to first answer", Figures(tuple(times)), START)


def memory(server: Server) -> Finding:
    """The most memory AllyGraph had in use while it was measured."""
    return Finding("peak memory", Figures((server.peak_memory(),)), MEMORY)
