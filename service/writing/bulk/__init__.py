"""Bulk requests: one operation per line of NDJSON, all in one revision, all or nothing.

A line contains what a single write contains, and is refused for the same reasons: each is an
operation of `service.writing.operations`. The lines after a refused one are tried as well, so that
one response lists the problems of all lines.
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

# Called with the number of bytes read so far.
Progress = Callable[[int], None]
# The maximum number of looked-up values that stay in memory from one batch to the next.
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
    """Runs the operation of each line; writes one line to `answer` for each, and a summary.

    Returns whether every line was accepted. If one was refused, `answer` has the problems instead,
    and the caller must roll back. Raises BodyTooLarge.
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
        # Before the summary states the revision: without a change, `finish` takes it back.
        tx.finish()
    answers.finish(tx.revision)
    return answers.is_good


def _last_keys(connection: Connection) -> dict[str, int]:
    """The last key of each concept before the request: the request creates all later keys."""
    keys = last_keys(connection, [each.table for each in TYPES.values()])
    return {each.name: keys[each.table] for each in TYPES.values()}


def _answer(
    tx: BulkTransaction,
    line: Line,
    records: NamedRecords,
    answers: Answers,
    kept: dict[str, int] | None,
) -> None:
    """Runs the operation of one line, and accepts or refuses the line.

    `kept`: in a dry run, the last key of each concept before the request; else None.
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
    """Runs the operation of one line. Raises RefusedWrite."""
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
    """Renames the path of a problem with the record's id: a line names the record in `by`."""
    return (
        replace(problem, path=(BY, *problem.path[1:])) if problem.path[:1] == ("id",) else problem
    )
