"""`@asOf`: questions about what the data was, by the number of a revision or by a time."""

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from tests.oracle.data_sets.worlds import invented
from tests.oracle.generator.dice import Dice
from tests.oracle.generator.variables import ABSENT, Writer

TYPES = {"revision": "Int", "time": "DateTime"}
# Where the clocks are that times are told by, in hours from UTC.
OFFSETS = (2, -5.5, 14, -12)
# Around the moment at which a revision was written.
DISTANCES = (
    timedelta(),
    timedelta(seconds=-1),
    timedelta(seconds=1),
    timedelta(milliseconds=-1),
    timedelta(milliseconds=999),
    timedelta(days=-400),
)


class MomentMaker:
    """Makes the directive of one operation after the other."""

    def __init__(self, dice: Dice, writer: Writer, seed: int) -> None:
        """Any revision of the data set of this number may be asked about."""
        self._dice = dice
        self._writer = writer
        self._revisions = [world.revision for world in invented(seed).past()]

    def directive(self) -> str:
        """Names one moment as it is written, or two by variables, for the two times it is asked."""
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
        """A time at or near this one; at times by another clock."""
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
        """A variable that has its value if a moment is named so, and else none."""
        nothing = self._dice.pick((ABSENT, None))
        first, second = (value if name == way else nothing for way, value in moments)
        return self._writer.two(TYPES[name], first, second)
