"""Parses the lines of a bulk request: all but the fields of their records."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import IO, Any

import orjson

from schema.concepts import COLLECTIONS, Concept
from schema.rules import Code, Problem
from schema.values.shown import shown
from service.errors import BodyTooLarge, InvalidRecord

REF, BY, IF_REVISION = "ref", "by", "ifRevision"
# The maximum length of a `ref`: every one is held in memory until the end of the request.
REF_LONGEST = 200
_BATCH_LINES, _BATCH_BYTES = 1_000, 2_000_000
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class Verb(StrEnum):
    """The operation of a line, and the name of the field that has the record type."""

    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"


# The record types that can be written, by their names in lines.
TYPES = {concept.singular: concept for concept in COLLECTIONS.values()}


@dataclass(slots=True)
class LineRequest:
    """The operation that a line requests.

    `given`: the fields of the record. `by`: the reference to the record to update or delete.
    """

    verb: Verb
    concept: Concept
    given: dict[str, Any]
    by: Any = None
    if_revision: int | None = None


class Line:
    """One line: its number, counted from 1, and its text."""

    __slots__ = ("number", "problems", "ref", "request", "text", "verb")

    def __init__(self, number: int, text: bytes) -> None:
        """Parses the line: either `request` is set, or `problems` is not empty."""
        self.number = number
        self.text = text
        self.ref: str | None = None
        self.verb: Verb | None = None
        self.request: LineRequest | None = None
        self.problems: Sequence[Problem] = ()
        try:
            self.request = self._read()
        except InvalidRecord as invalid:
            self.problems = invalid.problems

    def _read(self) -> LineRequest:
        content = self._object()
        ref, self.ref = content.pop(REF, None), None
        if isinstance(ref, str):
            self.ref = ref
        self.verb, concept = self._verb(content)
        problems: list[Problem] = []
        if ref is not None:
            problems += _problems_of_ref(ref, self.verb)
        request = LineRequest(self.verb, concept, content)
        if self.verb is not Verb.CREATE:
            problems += self._read_target(request)
        if problems:
            raise InvalidRecord(problems)
        return request

    def _object(self) -> dict[str, Any]:
        try:
            content = orjson.loads(self.text)
        except orjson.JSONDecodeError as error:
            raise _refusal((), Code.WRONG_TYPE, f"The line is not JSON: {error}.") from None
        if not isinstance(content, dict):
            raise _refusal((), Code.WRONG_TYPE, f"{shown(content)} is not an object.")
        return content

    @staticmethod
    def _verb(content: dict[str, Any]) -> tuple[Verb, Concept]:
        verbs = [verb for verb in Verb if verb.value in content]
        if len(verbs) != 1:
            code = Code.WRONG_TYPE if verbs else Code.MISSING
            raise _refusal((), code, f"Give exactly one of {', '.join(Verb)}, not {len(verbs)}.")
        (verb,) = verbs
        name = content.pop(verb.value)
        concept = TYPES.get(name) if isinstance(name, str) else None
        if concept is None:
            message = f"{shown(name)} is not a record type; use one of {', '.join(TYPES)}."
            raise _refusal((verb.value,), Code.UNKNOWN_TERM, message)
        return verb, concept

    @staticmethod
    def _read_target(request: LineRequest) -> Iterator[Problem]:
        given = request.given
        request.by, seen = given.pop(BY, None), given.pop(IF_REVISION, None)
        if request.by is None:
            what = f"Name the {request.concept.noun}, for example by its id."
            yield Problem((BY,), Code.MISSING, what)
        if seen is not None and (not isinstance(seen, int) or isinstance(seen, bool)):
            yield Problem((IF_REVISION,), Code.WRONG_TYPE, f"{shown(seen)} is not a whole number.")
        else:
            request.if_revision = seen
        if request.verb is Verb.DELETE:
            for name in given:
                yield Problem((name,), Code.UNKNOWN_FIELD, "A deletion takes no fields.")


def _problems_of_ref(ref: object, verb: Verb) -> Iterator[Problem]:
    if verb is not Verb.CREATE:
        message = f"Only what is created needs a {REF}; others can name the record as `{BY}` does."
        yield Problem((REF,), Code.UNKNOWN_FIELD, message)
    elif not isinstance(ref, str):
        yield Problem((REF,), Code.WRONG_TYPE, f"{shown(ref)} is not text.")
    elif not 0 < len(ref) <= REF_LONGEST:
        yield Problem((REF,), Code.TOO_LONG, f"A {REF} has 1 to {REF_LONGEST} characters.")


def _refusal(path: tuple[str, ...], code: Code, message: str) -> InvalidRecord:
    return InvalidRecord([Problem(path, code, message)])


class LineReader:
    """Reads the lines of a file that are not blank. `bytes_read`: the bytes read so far."""

    def __init__(
        self, source: IO[bytes], *, line_bytes: int, lines_most: int | None = None
    ) -> None:
        """`line_bytes`: the maximum length of a line. `lines_most`: the maximum number of lines."""
        self.bytes_read = 0
        self._source = source
        self._line_bytes = line_bytes
        self._lines_most = lines_most

    def batches(self) -> Iterator[list[Line]]:
        """Yields the lines in batches, limited in lines and bytes. Raises BodyTooLarge."""
        batch: list[Line] = []
        begun = 0
        for line in self._lines():
            batch.append(line)
            if len(batch) == _BATCH_LINES or self.bytes_read - begun > _BATCH_BYTES:
                yield batch
                batch, begun = [], self.bytes_read
        yield batch

    def _lines(self) -> Iterator[Line]:
        number = 0
        while text := self._source.readline(self._line_bytes + 1):
            number += 1
            if len(text) > self._line_bytes:
                most = f"a line has at most {self._line_bytes} bytes"
                raise BodyTooLarge(f"Line {number} is longer than that: {most}.")
            if self._lines_most is not None and number > self._lines_most:
                raise BodyTooLarge(
                    f"There are more than {self._lines_most} lines; send them in several requests."
                )
            self.bytes_read += len(text)
            if number == 1:
                text = text.removeprefix(_BYTE_ORDER_MARK)
            if not text.isspace() and text:
                yield Line(number, text)
