"""Problems in the OpenAPI document: every error status, described once for all paths.

An operation can return the statuses that it lists and those that all operations share: an invalid
token, too many requests, an unreachable database, an internal error.
"""

from service.http.openapi.components import object_of
from service.http.openapi.values import Json, reference_to
from service.http.problems import MEDIA_TYPE, WITH_ERRORS

REFUSED_WRITE = "RefusedWrite"
INVALID_VALUE = "InvalidValue"

_TEXT = {"schema": {"type": "string"}}
_CHALLENGE: Json = {
    "WWW-Authenticate": {
        "description": "Authentication scheme and error (RFC 6750).",
        "required": True,
    }
    | _TEXT
}
_RETRY: Json = {
    "Retry-After": {
        "description": "Seconds to wait before the next attempt.",
        "schema": _TEXT["schema"],
    }
}
_RATE: Json = {
    name: {"description": f"{text} (IETF draft).", "schema": _TEXT["schema"]}
    for name, text in (
        ("RateLimit", "Remaining requests and seconds until the limit resets"),
        ("RateLimit-Policy", "Rate limit that applies"),
    )
}
_TAKEN: Json = {
    name: {"description": f"Media types that {method} accepts."} | _TEXT
    for name, method in (("Accept-Post", "POST"), ("Accept-Patch", "PATCH"))
}

_CODING: Json = {"Accept-Encoding": {"description": "Content coding that is accepted."} | _TEXT}


def _problem(description: str, headers: Json | None = None, *schemas: str) -> Json:
    kinds = [reference_to(name) for name in schemas or ("Problem",)]
    schema = kinds[0] if len(kinds) == 1 else {"anyOf": kinds}
    more = {"headers": headers} if headers else {}
    return {"description": description, **more, "content": {MEDIA_TYPE: {"schema": schema}}}


# The responses by status. 422: an invalid record, or an Idempotency-Key of another write.
_BY_STATUS: Json = {
    "400": _problem("The request is malformed, or a parameter has an invalid value."),
    "401": _problem("The request needs a token and has none, or the token is invalid.", _CHALLENGE),
    "403": _problem("The role of the token does not permit the operation.", _CHALLENGE),
    "404": _problem("The record does not exist."),
    "406": _problem("No media type that the client accepts is available; the detail lists them."),
    "408": _problem("The request did not arrive within the time limit."),
    "412": _problem(
        "The record has changed since the revision in If-Match or the time in "
        "If-Unmodified-Since, or the condition can't be compared here.",
        None,
        REFUSED_WRITE,
    ),
    "413": _problem("The request body is too large."),
    "415": _problem(
        "The media type or the coding of the request body is not supported.", _TAKEN | _CODING
    ),
    "421": _problem("The server does not serve the host that the request names."),
    "422": _problem(
        "The record is invalid, or another request has used the Idempotency-Key.",
        None,
        REFUSED_WRITE,
        "Problem",
    ),
    "429": _problem(
        "The client has reached its rate limit; `Retry-After` says when to continue.",
        _RETRY | _RATE,
    ),
    "431": _problem("The URL and the headers are too large."),
    "500": _problem("Internal error. The server log has the details under the request id."),
    "503": _problem(
        "The database is unavailable, or the server is overloaded. Send the request again after "
        "`Retry-After`; without it only the operator can help.",
        _RETRY,
    ),
    "504": _problem(
        "The request took longer than the time limit. A write with the code `WRITE_UNCONFIRMED` "
        "may have been kept: send it again with the same Idempotency-Key.",
        _RETRY,
    ),
}

# The phrases of RFC 9110 and RFC 6585, from which code generators make the names of types.
_NAMES = {
    "400": "BadRequest",
    "401": "Unauthorized",
    "403": "Forbidden",
    "404": "NotFound",
    "406": "NotAcceptable",
    "408": "RequestTimeout",
    "412": "PreconditionFailed",
    "413": "ContentTooLarge",
    "415": "UnsupportedMediaType",
    "421": "MisdirectedRequest",
    "422": "UnprocessableContent",
    "429": "TooManyRequests",
    "431": "HeaderFieldsTooLarge",
    "500": "InternalServerError",
    "503": "ServiceUnavailable",
    "504": "GatewayTimeout",
}
RESPONSES: Json = {_NAMES[status]: response for status, response in _BY_STATUS.items()}

_FROM_ALL = ("408", "431", "500", "503", "504")
# Health checks have no rate limit and need neither a token nor a known host.
_FROM_ANY = ("401", "421", "429", *_FROM_ALL)
_FROM_ANY_WRITE = ("400", "403", "413", "422", *_FROM_ANY)


def may_fail(*statuses: str) -> Json:
    """The error responses of an operation: these statuses, and those that all operations share."""
    return _answers(*statuses, *_FROM_ANY)


def watched_may_fail() -> Json:
    """The error responses of a health check."""
    return _answers(*_FROM_ALL)


def write_may_fail(*statuses: str) -> Json:
    """The error responses of an operation that writes."""
    return may_fail(*statuses, *_FROM_ANY_WRITE)


def _answers(*statuses: str) -> Json:
    return {
        status: {"$ref": f"#/components/responses/{_NAMES[status]}"}
        for status in sorted(set(statuses))
    }


def problem_schema() -> Json:
    """The schema of an error, as RFC 9457 defines it."""
    texts = {
        "type": "`about:blank`: `status` and `code` say what kind of error it is.",
        "title": "Kind of error in a few words.",
        "detail": "What is wrong and how to correct it.",
        "code": "Machine-readable code.",
        "requestId": "Id of the request, as in the server's log.",
    }
    problem: Json = {name: {"type": "string", "description": text} for name, text in texts.items()}
    problem["status"] = {
        "type": "integer",
        "format": "int32",
        "minimum": 400,
        "maximum": 599,
        "description": "Status code of the response.",
    }
    return object_of(problem, "An error, as RFC 9457 defines it.")


def refused_write() -> Json:
    """The schema of a problem that lists the invalid values in the body."""
    errors: Json = {WITH_ERRORS: {"type": "array", "items": reference_to(INVALID_VALUE)}}
    listed = object_of(errors, "The invalid values.")
    description = "A refused write, with the reasons."
    return {"description": description, "allOf": [reference_to("Problem"), listed]}


def invalid_value() -> Json:
    """The schema of one problem of a write."""
    return object_of(
        {
            "path": {
                "type": "array",
                "items": {"type": "string"},
                "description": "Path to the invalid value: field names, and list positions from 0.",
            },
            "code": reference_to("ProblemCode") | {"description": "Machine-readable code."},
            "message": {"type": "string", "description": "What is wrong and how to correct it."},
        },
        "One invalid value in the request body.",
    )
