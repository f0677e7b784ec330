"""Generates `@asOf`, by the number of a revision or by a time."""

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from tests.oracle.data_sets.worlds import invented
from tests.oracle.generator.dice import Dice
from tests.oracle.generator.variables import ABSENT, Writer

TYPES = {"revision": "Int", "time": "DateTime"}
# Offsets of the times' zones, in hours from UTC.
OFFSETS = (2, -5.5, 14, -12)
# Distances from the time of a revision.
DISTANCES = (
    timedelta(),
    timedelta(seconds=-1),
    timedelta(seconds=1),
    timedelta(milliseconds=-1),
    timedelta(milliseconds=999),
    timedelta(days=-400),
)


class MomentMaker:
    """Generates the directives of operations."""

    def __init__(self, dice: Dice, writer: Writer, seed: int) -> None:
        """Collects the revisions of the data set with this number."""
        self._dice = dice
        self._writer = writer
        self._revisions = [world.revision for world in invented(seed).past()]

    def directive(self) -> str:
        """Returns a directive with one moment as a literal, or two as variables for two runs."""
        first = self._moment()
        if self._dice.chance(50):
            return f" @asOf({self._literals(*first)})"
        second = self._moment()
        if first[0] == second[0] and self._dice.chance(60):
            return f" @asOf({first[0]}: {self._of_one_type(first[0], first[1], second[1])})"
        names = ", ".join(f"{name}: {self._of_either_type(name, first, second)}" for name in TYPES)
        return f" @asOf({names})"

    def _moment(self) -> tuple[str, Any]:
        revision = self._dice.pick(self._revisions)
        if self._dice.chance(50):
            return "time", self._spelled(datetime.fromisoformat(revision.time))
        return "revision", revision.number

    def _spelled(self, time: datetime) -> str:
        """Returns a time at or near this one, sometimes in another zone."""
        near = time + self._dice.pick(DISTANCES)
        if self._dice.chance(60):
            return near.astimezone(UTC).isoformat().replace("+00:00", "Z")
        offset = timedelta(hours=self._dice.pick(OFFSETS))
        return near.astimezone(timezone(offset)).isoformat()

    def _literals(self, name: str, value: Any) -> str:
        other = "time" if name == "revision" else "revision"
        null = f", {other}: null" if self._dice.chance(20) else ""
        return f"{name}: {json.dumps(value)}{null}"

    def _of_one_type(self, name: str, first: Any, second: Any) -> str:
        if self._dice.chance(30):
            return self._writer.two(TYPES[name], ABSENT, second, default=json.dumps(first))
        required = self._dice.pick(("", "!"))
        return self._writer.two(f"{TYPES[name]}{required}", first, second)

    def _of_either_type(self, name: str, *moments: tuple[str, Any]) -> str:
        """Declares a variable that has its value only if the moment is of this type."""
        nothing = self._dice.pick((ABSENT, None))
        first, second = (value if name == way else nothing for way, value in moments)
        return self._writer.two(TYPES[name], first, second)
