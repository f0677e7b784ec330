"""The names (`ref`) that lines give to new records, so that later lines can refer to them."""

from typing import Any

from schema.rules import Code, Problem
from schema.values.shown import shown
from service.errors import InvalidRecord
from service.writing.bulk.lines import BY, REF, Line, LineRequest
from service.writing.references import NoRecord

# The depth limit of any write's input; references by `new` have a lower limit.
_DEEPEST = 20


class NamedRecords:
    """Replaces references such as `{"ref": "drones"}` by ids."""

    def __init__(self) -> None:
        """Starts without names."""
        self._ids: dict[str, str] = {}
        # The names of refused lines, each with the number of its line.
        self._refused: dict[str, int] = {}

    def add(self, line: Line, id: str) -> None:
        """Gives the line's name, if it has one, to the record with this id."""
        if line.ref is not None:
            self._ids[line.ref] = id

    def refuse(self, line: Line) -> None:
        """Notes that the line's name, if it has one, belongs to a refused line."""
        if line.ref is not None and line.ref not in self._ids:
            self._refused.setdefault(line.ref, line.number)

    def put_ids(self, line: Line, request: LineRequest) -> list[Problem]:
        """Replaces each reference by name within a request by the id.

        Returns a problem if another line has the line's own name. Raises InvalidRecord if the
        request is nested too deeply.
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
    """Whether a line may refer to a name, or be nested too deeply; most lines need no walk.

    A backslash counts, since JSON can write any character of `"ref"` as an escape.
    """
    return b'"ref"' in text or b"\\u" in text or text.count(b"{") + text.count(b"[") > _DEEPEST
