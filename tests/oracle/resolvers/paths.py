"""Paths: each chain of actors is tried, the shortest first."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from tests.oracle.data_sets.world import Actor, Support, World
from tests.oracle.resolvers.filters import matches
from tests.oracle.resolvers.totals import years_of

HOPS, FIRST = 3, 10


@dataclass
class Step:
    """A step: the supports from an actor to the next."""

    supporter: Actor
    recipient: Actor
    supports: list[Support]


@dataclass
class Path:
    """A path."""

    steps: list[Step]
    year: int | None = None

    @property
    def hops(self) -> int:
        """The number of steps."""
        return len(self.steps)


Links = dict[Actor, dict[Actor, list[Support]]]


def paths_of(
    world: World, start: Actor | None, end: Actor | None, given: Mapping[str, Any]
) -> list[Path]:
    """Returns the shortest paths."""
    if start is None or end is None or start is end:
        return []
    links: Links = {}
    for support in world.supports:
        if support.supporter and support.recipient and matches(support, given.get("where") or {}):
            taken = links.setdefault(support.supporter, {})
            taken.setdefault(support.recipient, []).append(support)
    time = given.get("time") or "ANY"
    for hops in range(1, (given.get("max_hops") or HOPS) + 1):
        found = []
        for chain in _chains(links, [start], end, hops):
            steps = [Step(one, other, links[one][other]) for one, other in pairwise(chain)]
            path = _in_time(world, Path(steps), time)
            if path:
                found.append((chain, path))
        if found:
            found.sort(key=lambda each: [actor.row for actor in each[0]])
            return [path for _, path in found][: given.get("first") or FIRST]
    return []


def unknown_steps(world: World, given: Mapping[str, Any]) -> int:
    """Returns the number of supports that may match, but not certainly or without a time."""
    where, time = given.get("where") or {}, given.get("time") or "ANY"
    found = [each for each in world.supports if matches(each, where, may=True)]
    return sum(not (matches(each, where) and _has_time(world, each, time)) for each in found)


def _has_time(world: World, support: Support, time: str) -> bool:
    if time == "SAME_YEAR":
        return bool(years_of(world, support)[0])
    return time == "ANY" or _span(support) is not None


def _chains(links: Links, before: list[Actor], end: Actor, hops: int) -> Iterator[list[Actor]]:
    """Yields chains of this many steps that visit no actor twice."""
    for other in links.get(before[-1], {}):
        if hops == 1 and other is end:
            yield [*before, other]
        if hops > 1 and other is not end and other not in before:
            yield from _chains(links, [*before, other], end, hops - 1)


def _in_time(world: World, path: Path, time: str) -> Path | None:
    match time:
        case "SAME_YEAR":
            return _in_one_year(world, path)
        case "FORWARD":
            return _forward(path)
    return path


def _in_one_year(world: World, path: Path) -> Path | None:
    years = [
        {year for support in step.supports for year in years_of(world, support)[0]}
        for step in path.steps
    ]
    common = set.intersection(*years)
    if not common:
        return None
    year = min(common)
    for step in path.steps:
        step.supports = [each for each in step.supports if year in years_of(world, each)[0]]
    return Path(path.steps, year)


def _forward(path: Path) -> Path | None:
    """Returns the supports that may be shown, if some choice for all steps goes forward in time."""
    if not _some_choice([], [step.supports for step in path.steps]):
        return None
    reached = ""
    for step in path.steps:
        spans = {each: _span(each) for each in step.supports}
        step.supports = [each for each, span in spans.items() if span and span[1] >= reached]
        reached = max(reached, min(spans[each][0] for each in step.supports))  # type: ignore[index]
    return path


def _some_choice(chosen: list[str], rest: list[list[Support]]) -> bool:
    """Whether the remaining steps have supports that do not end before the chosen ones begin."""
    if not rest:
        return True
    spans = [span for span in map(_span, rest[0]) if span]
    return any(
        all(first <= span[1] for first in chosen) and _some_choice([*chosen, span[0]], rest[1:])
        for span in spans
    )


def _span(support: Support) -> tuple[str, str] | None:
    dates = support.started_on, support.ended_on, support.agreed_on
    first = next((day for day in dates if day), None)
    last = next((day for day in (dates[1], dates[0], dates[2]) if day), None)
    return (first.earliest, last.latest) if first and last else None
