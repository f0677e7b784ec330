"""Invalid queries: the error says what is wrong, and the service continues."""

from collections.abc import Callable

import httpx
import pytest

from tests.http.refused_queries import (
    GRAPHQL_RESPONSE,
    JSON,
    Bad,
    bad_input,
    check_refused,
    error_of,
    invalid,
    unparsable,
)

pytestmark = pytest.mark.usefixtures("goes_on")

Post = Callable[..., httpx.Response]

ACTORS = "query ($where: ActorFilter) { actors(where: $where) { totalCount } }"
SUPPORTS = "query ($where: SupportFilter) { supports(where: $where) { totalCount } }"
SOME = "query ($first: Int) { actors(first: $first) { totalCount } }"
BY_SLUG = "query ($slug: String!) { actor(by: {slug: $slug}) { id } }"
TWO_OPERATIONS = "query A { __typename } query B { __typename }"
CYCLE = """
{ actors { nodes { ...a } } } fragment a on Actor { id ...b } fragment b on Actor { slug ...a }
"""

SYNTAX = {
    "no GraphQL": unparsable("{ actors", "Syntax Error"),
    "empty": unparsable("", "Syntax Error"),
    "half a character": unparsable('{ actor(by: {slug: "\\ud800"}) { id } }', "Unicode escape"),
}

VALIDATION = {
    "unknown field": invalid("{ actorz { totalCount } }", "Did you mean 'actor' or 'actors'?"),
    "unknown argument": invalid(
        "{ actors(frist: 1) { totalCount } }", "Did you mean 'first' or 'last'?"
    ),
    "unknown type": invalid("query ($a: Actr) { actor(by: $a) { id } }", "Unknown type 'Actr'"),
    "unknown variable": invalid("{ actors(first: $n) { totalCount } }", "'$n' is not defined"),
    "unknown mutation": invalid("mutation { a }", "Cannot query field 'a' on type 'Mutation'"),
    "first as text": invalid('{ actors(first: "1") { totalCount } }', "non-integer value"),
    "first beyond 32 bits": invalid("{ actors(first: 2147483648) { totalCount } }", "32-bit"),
    "first of 5,000 digits": invalid(
        f"{{ actors(first: {'9' * 5_000}) {{ totalCount }} }}", "Expected value of type 'Int'"
    ),
    "impossible day": invalid(
        '{ supports(where: {startedOn: {gte: "2024-02-30"}}) { totalCount } }',
        "is not an EDTF date such as 2024, 2024-10 or 2024-10-28",
    ),
    "actor by two names": invalid(
        '{ actor(by: {id: "actor_1", slug: "iran"}) { id } }', "exactly one"
    ),
    "actor by no name": invalid("{ actor(by: {}) { id } }", "exactly one"),
    "order without a key": invalid("{ actors(orderBy: [{}]) { totalCount } }", "exactly one"),
    "two orders in one": invalid(
        "{ actors(orderBy: [{name: ASC, slug: ASC}]) { totalCount } }", "exactly one"
    ),
    "order without a direction": invalid(
        "{ actors(orderBy: [{name: null}]) { totalCount } }", "exactly one"
    ),
    "fragments in a circle": invalid(CYCLE, "Cannot spread fragment 'a' within itself via 'b'"),
}

VALUES = {
    "first of 0": bad_input(SOME, "`first` must be between 1 and 500, but is 0.", first=0),
    "first of -1": bad_input(SOME, "`first` must be between 1 and 500, but is -1.", first=-1),
    "first of 501": bad_input(SOME, "`first` must be between 1 and 500, but is 501.", first=501),
    "first beyond 64 bits": bad_input(SOME, "32-bit", first=10**30),
    "first of one and a half": bad_input(SOME, "non-integer value: 1.5", first=1.5),
    "first as text in a variable": bad_input(SOME, "non-integer value: '1'", first="1"),
    "first and last": bad_input(
        "{ actors(first: 1, last: 1) { totalCount } }", "Use `first` or `last`, not both."
    ),
    "missing variable": bad_input(BY_SLUG, "Expected a value of non-null type 'String!'"),
    "variable of the wrong type": bad_input(BY_SLUG, "non string value", slug={"eq": "iran"}),
    "unknown field in a variable": bad_input(
        ACTORS, "Did you mean 'slug'?", where={"slgu": {"eq": "a"}}
    ),
    "unknown kind": bad_input(SUPPORTS, "DRONE", where={"kind": {"eq": "DRONE"}}),
    "impossible month": bad_input(SUPPORTS, "EDTF date", where={"startedOn": {"eq": "2024-13"}}),
    "date in words": bad_input(SUPPORTS, "EDTF date", where={"endedOn": {"lt": "yesterday"}}),
    "date in other digits": bad_input(SUPPORTS, "EDTF date", where={"endedOn": {"lt": "२०२४"}}),
    "decimal in words": bad_input(
        SUPPORTS, "not a decimal such as", where={"quantity": {"value": {"gt": "many"}}}
    ),
    "null instead of operators": bad_input(
        ACTORS, "ActorFilter.slug is null. Omit it", where={"slug": None}
    ),
    "null as an operand": bad_input(
        ACTORS, "or filter for unknown values by isNull", where={"slug": {"eq": None}}
    ),
    "null as a condition": bad_input(ACTORS, "ActorFilter.not is null", where={"not": None}),
    "null behind an edge": bad_input(ACTORS, "is null", where={"members": {"some": None}}),
    "501 ids": bad_input(
        "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }",
        "`ids` has 501 ids; the limit is 500.",
        ids=["actor_1"] * 501,
    ),
}

OPERATIONS = {
    "unknown operation": (TWO_OPERATIONS, "C", "Unknown operation 'C'. Operations: A, B."),
    "one operation of several": (TWO_OPERATIONS, None, "set `operationName`"),
}

ALL = SYNTAX | VALIDATION | VALUES


@pytest.mark.parametrize("bad", ALL.values(), ids=ALL)
def test_question_is_refused(post: Post, bad: Bad) -> None:
    plain, telling = (
        post(bad.document, bad.variables, accept=accept) for accept in (JSON, GRAPHQL_RESPONSE)
    )
    check_refused(bad, plain, telling)


@pytest.mark.parametrize(("document", "name", "says"), OPERATIONS.values(), ids=OPERATIONS)
def test_operation_is_not_there(post: Post, document: str, name: str | None, says: str) -> None:
    code, message = error_of(post(document, operationName=name))
    assert code == "OPERATION_NOT_FOUND"
    assert says in message


@pytest.mark.parametrize("number", [10**30, 2**63, -1])
def test_number_is_taken_for_the_id_of_no_record(post: Post, number: int) -> None:
    answer = post("query ($id: ID!) { node(id: $id) { id } }", {"id": number})
    assert answer.json() == {"data": {"node": None}}


def test_written_out_number_of_5000_digits_is_the_id_of_no_record(post: Post) -> None:
    answer = post(f"{{ node(id: {'9' * 5_000}) {{ id }} }}")
    assert answer.json() == {"data": {"node": None}}


def test_unknown_slug_is_null_and_no_error(post: Post) -> None:
    assert post(BY_SLUG, {"slug": "atlantis"}).json() == {"data": {"actor": None}}
