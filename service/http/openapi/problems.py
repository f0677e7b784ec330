"""Problems in the OpenAPI document: every status that can come, described once for all addresses.

What an address may answer is what its operation names and, by itself, what can come from any of
them: a token that is none, too many requests, a database that does not answer, a fault of ours.
"""

from typing import Any

from schema.rules import Code
from service.http.openapi.components import object_of, reference_to
from service.http.openapi.values import Json
from service.http.problems import MEDIA_TYPE, WITH_ERRORS

REFUSED_WRITE = "RefusedWrite"

_TEXT = {"schema": {"type": "string"}}
_CHALLENGE: Json = {"WWW-Authenticate": {"description": "RFC 6750", "required": True} | _TEXT}
_RETRY: Json = {
    "Retry-After": {"description": "After how many seconds to try again", "schema": _TEXT["schema"]}
}
_RATE: Json = {
    name: {"description": f"{told}: a draft of the IETF", "schema": _TEXT["schema"]}
    for name, told in (
        ("RateLimit", "When to try again"),
        ("RateLimit-Policy", "How often one may"),
    )
}
_TAKEN: Json = {
    name: {"description": f"The media types that {method} takes"} | _TEXT
    for name, method in (("Accept-Post", "POST"), ("Accept-Patch", "PATCH"))
}


def _problem(description: str, headers: Json | None = None, *schemas: str) -> Json:
    kinds = [reference_to(name) for name in schemas or ("Problem",)]
    schema = kinds[0] if len(kinds) == 1 else {"anyOf": kinds}
    told = {"headers": headers} if headers else {}
    return {"description": description, **told, "content": {MEDIA_TYPE: {"schema": schema}}}


# By status. 422 is a record that can't be kept, or an Idempotency-Key that came with another write.
RESPONSES: Json = {
    "400": _problem("The request can't be read, or a parameter has a value it can't have"),
    "401": _problem("A token is needed and there is none, or it is not a good one", _CHALLENGE),
    "403": _problem("The token is good, but its role may not do this", _CHALLENGE),
    "404": _problem("There is none"),
    "408": _problem("The request has not arrived within the time that one may take"),
    "412": _problem("It has changed meanwhile", None, REFUSED_WRITE),
    "413": _problem("The body is too long"),
    "415": _problem("The body is in a media type that is not taken here", _TAKEN),
    "421": _problem("The service is not asked by this name"),
    "422": _problem("Not what can be kept", None, REFUSED_WRITE, "Problem"),
    "429": _problem("Too many requests; try again later", _RETRY | _RATE),
    "431": _problem("The address and the headers are too long"),
    "500": _problem("A fault of the service: what happened stands in its log"),
    "503": _problem("The database does not answer, or the service has too much to do", _RETRY),
    "504": _problem("It took longer than it may"),
}

_FROM_ALL = ("408", "431", "500", "503", "504")
# Who watches over the service is not counted, and needs no token and no name.
_FROM_ANY = ("401", "421", "429", *_FROM_ALL)
_FROM_ANY_WRITE = ("400", "403", "413", "422", *_FROM_ANY)


def may_fail(*statuses: str) -> Json:
    """The answers of an operation that may end with these statuses, or with those of any."""
    return _answers(*statuses, *_FROM_ANY)


def watched_may_fail() -> Json:
    """The same of an operation for whoever watches over the service."""
    return _answers(*_FROM_ALL)


def write_may_fail(*statuses: str) -> Json:
    """The same of an operation that writes."""
    return may_fail(*statuses, *_FROM_ANY_WRITE)


def _answers(*statuses: str) -> Json:
    return {
        status: {"$ref": f"#/components/responses/{status}"} for status in sorted(set(statuses))
    }


def refused_write() -> Json:
    """A problem that says what in the body a person can mend."""
    error = object_of(
        {
            "path": {"type": "array", "items": {"type": "string"}},
            "code": {"type": "string", "enum": [code.value for code in Code]},
            "message": {"type": "string"},
        },
        "One thing wrong with what was sent, and where in it.",
    )
    errors: dict[str, Any] = {WITH_ERRORS: {"type": "array", "items": error}}
    told = object_of(errors, "What can be mended.")
    return {"description": "A refused write.", "allOf": [reference_to("Problem"), told]}
