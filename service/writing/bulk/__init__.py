"""Many writes in one request: one operation a line of NDJSON, one revision, whole or not at all.

A line says what a single write says, and is refused for the same reasons: each is an operation of
`service.writing.operations`. The lines after a refused one are tried as well, so that one response
lists what is wrong with all of them.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import IO

from sqlalchemy import Connection

from schema.many_rows import last_keys
from schema.rules import Problem
from service.errors import InvalidRecord, RefusedWrite
from service.writing import operations
from service.writing.bulk.answers import Answers
from service.writing.bulk.lines import BY, TYPES, Line, LineReader, Verb
from service.writing.bulk.lookahead import Lookahead
from service.writing.bulk.named_records import NamedRecords
from service.writing.bulk.transaction import BulkTransaction
from service.writing.operations import Written
from service.writing.pending_records import opaque_id

__all__ = ["Answers", "BulkTransaction", "LineReader", "write_many"]

# Called with the bytes that are read so far.
Progress = Callable[[int], None]
# How many values are remembered that have been looked up.
_KNOWN_MOST = 10_000


def _silent(_: int) -> None:
    """Shows no progress."""


def write_many(
    tx: BulkTransaction,
    reader: LineReader,
    answer: IO[bytes],
    *,
    is_dry_run: bool = False,
    progress: Progress = _silent,
) -> bool:
    """Does what the lines say, and writes a line to `answer` for each; returns whether all is good.

    If a line is refused, `answer` has the problems instead, and the caller rolls back. Raises
    BodyTooLarge.
    """
    answers, records = Answers(answer, is_dry_run=is_dry_run), NamedRecords()
    kept = _last_keys(tx.connection) if is_dry_run else None
    with tx.buffered() as buffer:
        for batch in reader.batches():
            lookahead = Lookahead()
            lookahead.read(batch)
            lookahead.ask(tx.connection, buffer)
            for line in batch:
                _answer(tx, line, records, answers, kept)
            buffer.flush()
            buffer.forget_known(_KNOWN_MOST)
            progress(reader.bytes_read)
        for number, problem in tx.open_problems():
            answers.refuse(number, [problem])
    if answers.is_good:
        # Before its revision is written down, since there may be none.
        tx.finish()
    answers.finish(tx.revision)
    return answers.is_good


def _last_keys(connection: Connection) -> dict[str, int]:
    """By concept the last key before the request: what has a later one is created by it."""
    keys = last_keys(connection, [each.table for each in TYPES.values()])
    return {each.name: keys[each.table] for each in TYPES.values()}


def _answer(
    tx: BulkTransaction,
    line: Line,
    records: NamedRecords,
    answers: Answers,
    kept: dict[str, int] | None,
) -> None:
    """Does what one line says, and answers it.

    `kept`: in a dry run the last keys of what stays, by concept.
    """
    tx.line, before = line.number, tx.changes
    try:
        written = _write(tx, line, records)
    except RefusedWrite as refused:
        answers.refuse(line.number, refused.problems)
        records.refuse(line)
    else:
        id = opaque_id(written.concept, written.id)
        records.add(line, id)
        is_kept = kept is None or written.id <= kept[written.concept.name]
        answers.accept(line, id if is_kept else None, has_changed=tx.changes > before)


def _write(tx: BulkTransaction, line: Line, records: NamedRecords) -> Written:
    """Does what one line says. Raises RefusedWrite."""
    request = line.request
    if request is None:
        raise InvalidRecord(line.problems)
    tx.known_problems = records.put_ids(line, request)
    if request.verb is Verb.CREATE:
        return operations.create_whole(tx, request.concept, request.given)
    key = operations.find(tx, request.concept, request.by)
    try:
        if request.verb is Verb.UPDATE:
            return operations.update(tx, request.concept, key, request.given, request.if_revision)
        return operations.delete(tx, request.concept, key, request.if_revision)
    except RefusedWrite as refused:
        raise InvalidRecord([_about_by(problem) for problem in refused.problems]) from None


def _about_by(problem: Problem) -> Problem:
    """The id of a record that is changed has another name in a line."""
    return (
        replace(problem, path=(BY, *problem.path[1:])) if problem.path[:1] == ("id",) else problem
    )
