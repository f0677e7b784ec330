"""A statement with all nested records: stored completely or not at all."""

from datetime import date, timedelta
from typing import Any

from tests.durability.effects import Create, Name, Records, Row

# The common recipient, and the statements of a common source. The first write creates them.
_RECIPIENT = {"slug": "everybody", "name": "Everybody", "kind": "ORGANISATION"}
_STATEMENTS_A_SOURCE = 20

Given = dict[str, Any]


class Recorded:
    """A statement by a new speaker with new supports, in a source that may exist already."""

    def __init__(self, author: str, number: int, mentioned: str, claims: int) -> None:
        self._text = f"{author}-{number}"
        self._mentioned = mentioned
        self._number = number
        self.speaker = f"{self._text}-speaker"
        self.supports = [f"{self._text}/{place}" for place in range(claims)]

    @property
    def _url(self) -> str:
        return f"https://example.org/{self._number // _STATEMENTS_A_SOURCE}"

    @property
    def given(self) -> Given:
        """The input of the write."""
        return {
            "text": self._text,
            "speaker": {"new": {"slug": self.speaker, "name": self.speaker, "kind": "PERSON"}},
            "source": {"new": {"url": self._url, "title": self._url}},
            "mentions": [{"slug": self._mentioned}],
            "claims": [self._claim(place) for place in range(len(self.supports))],
        }

    def _claim(self, place: int) -> Given:
        support = {
            "supporter": {"slug": self._mentioned},
            "recipient": {"new": _RECIPIENT},
            "kind": "DRONES",
            "phase": "PLEDGED",
            "startedOn": self._day(place),
            "summary": self.supports[place],
        }
        return {"stance": "ASSERTS", "support": {"new": support}}

    def _day(self, place: int) -> str:
        """Returns a different day for each support, so that none are the same."""
        return str(date(1000, 1, 1) + timedelta(days=10 * self._number + place))

    @property
    def effect(self) -> Create:
        """The records that the write creates."""
        statement = {"speaker": self.speaker, "source": self._url, "mentions": [self._mentioned]}
        speaker: Row = {"name": self.speaker, "description": None, "aliases": []}
        everybody: Row = {"name": _RECIPIENT["name"], "description": None, "aliases": []}
        return Create(
            made={
                Name("Statement", self._text): statement,
                Name("Actor", self.speaker): speaker,
                **self._supports_and_evidence(),
            },
            found={
                Name("Source", self._url): {"title": self._url},
                Name("Actor", _RECIPIENT["slug"]): everybody,
            },
        )

    def _supports_and_evidence(self) -> Records:
        made: dict[Name, Any] = {}
        for place, summary in enumerate(self.supports):
            day = self._day(place)
            made[Name("Support", summary)] = {
                "supporter": self._mentioned,
                "startedOn": day,
                "place": None,
            }
            made[Name("Evidence", summary)] = {"statement": self._text, "stance": "ASSERTS"}
        return made
