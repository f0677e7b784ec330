"""Checks that a support's candidate supporters agree with its attribution."""

from collections.abc import Iterable

from sqlalchemy import Connection

from schema.concepts import CONCEPTS
from schema.rows import Row, Values
from schema.rules import Problem
from schema.rules.across import candidates_agree
from schema.writing.drafts import list_tables
from service.writing.pending_records import PendingRecord
from service.writing.rows import find_rows, read_row
from service.writing.transaction import Transaction

_SUPPORT = CONCEPTS["Support"]
_CANDIDATES = list_tables("Support")["candidates"]


def support_created(_: Transaction, support: PendingRecord, key: int) -> None:
    """Checks the candidates that are written with a new support."""
    candidates = (each for each in support.lists if each.table == _CANDIDATES)
    actors = [actor for each in candidates for (actor,) in each.items]
    _report(support, candidates_agree(support.row, actors))


def support_updated(tx: Transaction, support: PendingRecord, before: Row, _: Values) -> None:
    """Checks the candidates again: they, the attribution or both may have changed."""
    _report(support, disagreements(tx.connection, before["id"]))


def _report(support: PendingRecord, problems: Iterable[Problem]) -> None:
    for problem in problems:
        support.at.below(*problem.path).report(problem.code, problem.message)


def disagreements(connection: Connection, key: int) -> list[Problem]:
    """The problems of a stored support's candidates; empty if they agree with its attribution."""
    row = read_row(connection, _SUPPORT.table, key)
    by = {_CANDIDATES.near: key}
    rows = find_rows(connection, _CANDIDATES.table, _CANDIDATES.columns, by)
    return list(candidates_agree(row, [actor for (actor,) in rows])) if row else []


def possible_supports(connection: Connection, actor: int) -> list[int]:
    """The keys of the supports of which an actor is a candidate."""
    by = {_CANDIDATES.columns[0]: actor}
    return [key for (key,) in find_rows(connection, _CANDIDATES.table, (_CANDIDATES.near,), by)]
