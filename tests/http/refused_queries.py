"""Invalid GraphQL queries, and the errors they return."""

from typing import Any, NamedTuple

import httpx

JSON = "application/json"
GRAPHQL_RESPONSE = "application/graphql-response+json"


class Bad(NamedTuple):
    """A query, the code of its error, and words of the message."""

    document: str
    code: str
    says: str
    variables: dict[str, Any] | None = None


def unparsable(document: str, says: str) -> Bad:
    return Bad(document, "GRAPHQL_PARSE_FAILED", says)


def invalid(document: str, says: str) -> Bad:
    return Bad(document, "GRAPHQL_VALIDATION_FAILED", says)


def bad_input(document: str, says: str, **variables: Any) -> Bad:
    return Bad(document, "BAD_USER_INPUT", says, variables)


def too_complex(document: str, says: str, **variables: Any) -> Bad:
    return Bad(document, "QUERY_TOO_COMPLEX", says, variables)


def error_of(answer: httpx.Response) -> tuple[str, str]:
    """Returns the code and the message of the first error."""
    content = answer.json()
    assert "data" not in content
    first = content["errors"][0]
    return first["extensions"]["code"], first["message"]


def check_refused(bad: Bad, plain: httpx.Response, telling: httpx.Response) -> None:
    """Checks the responses: `plain` as JSON, with status 200, `telling` in GraphQL's media type."""
    assert (plain.status_code, telling.status_code) == (200, 400)
    code, message = error_of(plain)
    assert code == error_of(telling)[0] == bad.code
    assert bad.says in message
