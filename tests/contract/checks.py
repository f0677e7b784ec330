"""The project's checks, in addition to those of schemathesis.

A valid request must be accepted. The check of schemathesis allows no refusal, but whether a
recipient exists, or an end follows its start, depends on other records and fields, which no schema
can express. These checks read the reason of a refusal, and allow reasons of that kind. GraphQL's
data must have the shape of its document, because schemathesis reads only the errors.
"""

import json
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import schemathesis
from schemathesis import Case, CheckContext, Response
from schemathesis.specs.graphql.schemas import GraphQLSchema

from schema.graphql.schema import graphql_schema
from schema.rules import Code
from tests.contract.answer_shape import misfits

# All checks of schemathesis, except the following.
CHECKS: Mapping[str, Any] = {
    # Replaced by the checks below.
    "positive_data_acceptance": {"enabled": False},
    # 412 too, because If-Match is compared before the body is read.
    "negative_data_rejection": {"expected-statuses": ["4xx"]},
}

# Rules for a single value, which the document states.
_STATED = {
    Code.MISSING,
    Code.WRONG_TYPE,
    Code.EMPTY_TEXT,
    Code.TOO_LONG,
    Code.BAD_CHARACTER,
    Code.BAD_SLUG,
    Code.BAD_DECIMAL,
    Code.UNKNOWN_TERM,
    Code.UNKNOWN_GRADE,
    Code.UNKNOWN_FIELD,
}
# No regular expression of JSON Schema can express which characters are printable.
_NAME_OF_A_TOKEN = ["name"]
# Allowed in a body if it equals the record's value.
_OWN_ID = ["id"]
# Values with a grammar, which the document states in words.
_TOLD_IN_WORDS = {"fields", "asOf", "AllyGraph-As-Of", "queries", "extend"}
_DAY = re.compile(r"\b\d{4}-\d\d-\d\d\b")

# Reasons to refuse a valid GraphQL document: its size, the size of a page, the state of the data,
# or NUL.
_BEYOND_GRAPHQL = {
    "NODE_BUDGET_EXCEEDED",
    "QUERY_TOO_COMPLEX",
    "UNKNOWN_REVISION",
    "BAD_USER_INPUT",
}


def _is_valid(case: Case) -> bool:
    return case.meta is not None and case.meta.generation.mode.is_positive


def _asks_graphql(case: Case) -> bool:
    """Registers the checks of both APIs, since schemathesis registers checks for every run."""
    return isinstance(case.operation.schema, GraphQLSchema)


# --- REST ---------------------------------------------------------------------------------------


@schemathesis.check
def rest_refuses_for_what_no_schema_says(_: CheckContext, response: Response, case: Case) -> None:
    """Checks that a valid request is refused only because of other records or fields."""
    if _asks_graphql(case) or not _is_valid(case) or response.status_code not in (400, 412, 422):
        return
    # In a response of JSON lines, the first line has the problems.
    answer = json.loads(response.content.splitlines()[0])
    fields = case.body if case.method == "POST" and case.path.endswith("/reconcile") else None
    fields = fields if isinstance(fields, dict) else {}
    # The complexity of networks and paths multiplies their filter, which no schema can state.
    is_of_links = case.path.rpartition("/")[2].partition(".")[0] in ("network", "paths")
    if is_of_links and answer.get("code") == "QUERY_TOO_COMPLEX":
        return
    is_allowed = _is_allowed(answer, fields | (case.query or {}) | dict(case.headers or {}))
    assert is_allowed, f"It fits the document, and was refused: {response.text}"


def _is_allowed(problem: Mapping[str, Any], query: Mapping[str, Any]) -> bool:
    if "errors" in problem:
        return not any(map(_is_stated, problem["errors"]))
    match problem["code"]:
        case "BAD_CURSOR":
            return not query.keys().isdisjoint({"after", "before"})
        case "UNKNOWN_REVISION":
            return not query.keys().isdisjoint({"asOf", "AllyGraph-As-Of", "since"})
        case "AS_OF_CONFLICT":
            return {"asOf", "AllyGraph-As-Of"} <= query.keys()
        case "BAD_USER_INPUT":
            told = not query.keys().isdisjoint(_TOLD_IN_WORDS) or {"first", "last"} <= query.keys()
            # The document states in words how many different values are allowed.
            told = told or len(query.get("orderBy", ())) > 8
            # A dimension of totals may be named only once.
            dimensions = query.get("groupBy", ())
            told = told or len(set(dimensions)) < len(dimensions)
            # Some queries need parameters to be cited: their groups, their ends.
            told = told or query.get("of", "").partition(".")[0] in ("panel", "paths", "totals")
            # A measure and its currency depend on each other, and a comma separates actors.
            told = told or not query.keys().isdisjoint({"measure", "currency"})
            told = told or "," in str(query.get("around", ""))
            # A path leads from an actor to another.
            told = told or ("to" in query and query.get("from") == query["to"])
            # A panel has units, its years are in order, and its data sets exist.
            told = told or "unit" in query
            # The end may be before the start.
            told = told or {"validDuring.from", "validDuring.to"} <= query.keys()
            return told or any(map(_is_no_day, _DAY.findall(str(query))))
        case "NODE_BUDGET_EXCEEDED":
            # The number of cells, rows times columns, is limited.
            return "unit" in query
    return bool(problem["code"] == "IDEMPOTENCY_KEY_REUSED")


def _is_stated(error: Mapping[str, Any]) -> bool:
    if error["code"] == Code.BAD_CHARACTER and error["path"] == _NAME_OF_A_TOKEN:
        return False
    return error["code"] in _STATED and error["path"] != _OWN_ID


def _is_no_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return True
    return False


# --- GraphQL ------------------------------------------------------------------------------------


@schemathesis.check
def graphql_refuses_for_what_no_schema_says(
    _: CheckContext, response: Response, case: Case
) -> None:
    """Checks that a valid document succeeds unless it is too large or names a later revision."""
    if _asks_graphql(case) and _is_valid(case):
        errors = response.json().get("errors", [])
        assert {error["extensions"]["code"] for error in errors} <= _BEYOND_GRAPHQL, errors


@schemathesis.check
def graphql_data_fits_its_document(_: CheckContext, response: Response, case: Case) -> None:
    """Checks that the data has the shape of the document."""
    data = response.json().get("data") if _asks_graphql(case) else None
    if data is not None:
        wrong = misfits(graphql_schema(), str(case.body), data)
        assert not wrong, wrong
