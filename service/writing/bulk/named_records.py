"""The names that lines give the records they create, for the lines after them."""

from typing import Any

from schema.rules import Code, Problem
from schema.shown import shown
from service.errors import InvalidRecord
from service.writing.bulk.lines import BY, REF, Line, LineRequest
from service.writing.references import NoRecord

# As deep as the input of any write; references by `new` end earlier.
_DEEPEST = 20


class NamedRecords:
    """Puts ids in the place of references such as `{"ref": "drones"}`."""

    def __init__(self) -> None:
        """Knows no names yet."""
        self._ids: dict[str, str] = {}
        # The names of refused lines, with the numbers of these.
        self._refused: dict[str, int] = {}

    def add(self, line: Line, id: str) -> None:
        """From now on the name of the line, if it has one, means this record."""
        if line.ref is not None:
            self._ids[line.ref] = id

    def refuse(self, line: Line) -> None:
        """The name of the line, if it has one, means no record."""
        if line.ref is not None and line.ref not in self._ids:
            self._refused.setdefault(line.ref, line.number)

    def put_ids(self, line: Line, request: LineRequest) -> list[Problem]:
        """Replaces each name within a request; returns what is wrong with that of the line itself.

        Raises InvalidRecord.
        """
        if _may_have_names(line.text):
            request.by = self._with_ids(request.by, (BY,))
            for name, value in request.given.items():
                request.given[name] = self._with_ids(value, (name,))
        if line.ref not in self._ids and line.ref not in self._refused:
            return []
        message = f"Another line has the {REF} {shown(line.ref)}; choose a different one."
        return [Problem((REF,), Code.DUPLICATE, message)]

    def _with_ids(self, value: Any, path: tuple[str, ...]) -> Any:
        if isinstance(value, dict | list) and len(path) > _DEEPEST:
            message = f"The line is nested deeper than {_DEEPEST} levels."
            raise InvalidRecord([Problem(path, Code.TOO_DEEP, message)])
        if isinstance(value, dict):
            if len(value) == 1 and isinstance(name := value.get(REF), str):
                return self._reference(name)
            for name, each in value.items():
                value[name] = self._with_ids(each, (*path, name))
        elif isinstance(value, list):
            for place, each in enumerate(value):
                value[place] = self._with_ids(each, (*path, str(place)))
        return value

    def _reference(self, name: str) -> Any:
        id = self._ids.get(name)
        if id is not None:
            return {"id": id}
        message = f"No line above has the {REF} {shown(name)}."
        if name in self._refused:
            line = self._refused[name]
            message = f"Line {line}, which has the {REF} {shown(name)}, is refused."
        return NoRecord(REF, message, {REF: name})


def _may_have_names(text: bytes) -> bool:
    """Whether a line can hold a name, or is nested deeply; most are not, and need no walk.

    JSON can write any character of the word as an escape.
    """
    return b'"ref"' in text or b"\\u" in text or text.count(b"{") + text.count(b"[") > _DEEPEST
