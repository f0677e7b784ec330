"""All errors of the service, with their codes and HTTP statuses.

    AllyGraphError
    ├── RequestError            the request is not valid HTTP, JSON or GraphQL over HTTP
    │   ├── MalformedBody           400 BAD_REQUEST
    │   ├── MethodNotAllowed        405 METHOD_NOT_ALLOWED
    │   ├── NotAcceptable           406 NOT_ACCEPTABLE
    │   │   └── SubscriptionNotAcceptable
    │   ├── RequestTimeout          408 REQUEST_TIMEOUT
    │   ├── BodyTooLarge            413 BODY_TOO_LARGE
    │   ├── UnknownHost             421 UNKNOWN_HOST
    │   ├── HeadersTooLarge         431 HEADERS_TOO_LARGE
    │   ├── KeyReused               422 IDEMPOTENCY_KEY_REUSED
    │   ├── BatchNotSupported       400 BATCH_NOT_SUPPORTED
    │   └── UnsupportedMediaType    415 UNSUPPORTED_MEDIA_TYPE
    │       └── UnsupportedContentCoding
    ├── AccessError             the client is not allowed to do this
    │   ├── Unauthenticated         401 UNAUTHENTICATED
    │   │   └── InvalidToken            401 UNAUTHENTICATED
    │   ├── Forbidden               403 FORBIDDEN
    │   ├── DocumentNotAllowed      403 DOCUMENT_NOT_ALLOWED
    │   └── TooManyRequests         429 TOO_MANY_REQUESTS
    ├── QueryError              the query is invalid
    │   ├── SyntaxProblem           400 GRAPHQL_PARSE_FAILED
    │   ├── ValidationProblem       400 GRAPHQL_VALIDATION_FAILED
    │   ├── IntrospectionDisabled   400 INTROSPECTION_DISABLED
    │   ├── UnknownOperation        400 OPERATION_NOT_FOUND
    │   ├── UnknownDocument         400 PERSISTED_DOCUMENT_NOT_FOUND
    │   ├── UnregisteredDocument    400 PERSISTED_QUERY_NOT_FOUND
    │   ├── PersistedQueryVersion   400 PERSISTED_QUERY_NOT_SUPPORTED
    │   ├── BadInput                400 BAD_USER_INPUT
    │   ├── BadCursor               400 BAD_CURSOR
    │   ├── UnknownRevision         400 UNKNOWN_REVISION
    │   ├── AsOfConflict            400 AS_OF_CONFLICT
    │   ├── TooComplex              400 QUERY_TOO_COMPLEX
    │   ├── OverBudget              400 NODE_BUDGET_EXCEEDED
    │   └── EventTooLarge           400 EVENT_TOO_LARGE
    ├── NotFound                404 NOT_FOUND
    ├── RefusedWrite            the write is invalid; nothing is stored
    │   ├── InvalidRecord           422 INVALID_RECORD
    │   └── RevisionConflict        412 CONFLICT
    ├── AnswerError             the server cannot answer
    │   ├── TimedOut                504 TIMEOUT
    │   ├── UnconfirmedWrite        504 WRITE_UNCONFIRMED
    │   ├── TooManySubscriptions    503 TOO_MANY_SUBSCRIPTIONS
    │   ├── Overloaded              503 OVERLOADED
    │   ├── Stopping                503 STOPPING
    │   ├── DatabaseUnavailable     503 DATABASE_UNAVAILABLE
    │   │   ├── BusyDatabase
    │   │   └── LostCommit
    │   └── Unexpected              500 INTERNAL_SERVER_ERROR
    └── StartError              a command cannot run; its one-line message says what to do

`code` is part of the public contract. `message` is for people, and its wording may change.
"""

from collections.abc import Sequence
from typing import Any, ClassVar

from graphql import GraphQLError

from schema.rules import Problem

# The maximum length of a message, in characters: it may quote a long input.
_MESSAGE_MOST = 1_000


def in_graphql_form(errors: Sequence[GraphQLError]) -> list[dict[str, Any]]:
    """The errors of graphql-core, in the form that a response lists them."""
    return [{**error.formatted, "message": bounded(error.formatted["message"])} for error in errors]


def bounded(message: str) -> str:
    """The message, truncated to the maximum length."""
    return message if len(message) <= _MESSAGE_MOST else f"{message[:_MESSAGE_MOST]}..."


class AllyGraphError(Exception):
    """An error with a message for the user or the operator."""

    code: ClassVar[str] = "INTERNAL_SERVER_ERROR"
    status: ClassVar[int] = 500
    title: ClassVar[str] = "Internal server error"
    # Seconds until the client should retry; 0 if a retry does not help or the time is unknown.
    retry_after: int = 0
    # The operation it belongs to, as the metrics name it; empty until that is known.
    operation: str = ""

    def __init__(self, message: str) -> None:
        """`message` says what is wrong and what to do."""
        super().__init__(message)
        self.message = bounded(message)


class RequestError(AllyGraphError):
    """The request is malformed or not acceptable."""

    status = 400


class MalformedBody(RequestError):
    """The body or the query string does not have the expected form."""

    code, title = "BAD_REQUEST", "Malformed request"


class MethodNotAllowed(RequestError):
    """The resource does not support this HTTP method."""

    code, status, title = "METHOD_NOT_ALLOWED", 405, "Method not allowed"


class NotAcceptable(RequestError):
    """The `Accept` header allows no media type that the server can send."""

    code, status, title = "NOT_ACCEPTABLE", 406, "Not acceptable"


class SubscriptionNotAcceptable(NotAcceptable):
    """A subscription was sent where a single response is expected."""


class RequestTimeout(RequestError):
    """The request did not arrive within the time limit."""

    code, status, title = "REQUEST_TIMEOUT", 408, "Request timeout"


class UnknownHost(RequestError):
    """The `Host` header names a host that this service does not serve."""

    code, status, title = "UNKNOWN_HOST", 421, "Unknown host"


class HeadersTooLarge(RequestError):
    """The request line and headers exceed the limit."""

    code, status, title = "HEADERS_TOO_LARGE", 431, "Headers too large"


class BodyTooLarge(RequestError):
    """The body exceeds the limit."""

    code, status, title = "BODY_TOO_LARGE", 413, "Body too large"


class UnsupportedMediaType(RequestError):
    """The body has a media type or charset that is not supported."""

    code, status, title = "UNSUPPORTED_MEDIA_TYPE", 415, "Unsupported media type"


class UnsupportedContentCoding(UnsupportedMediaType):
    """The body has a content coding that the server does not decode."""


class UnsupportedTransferCoding(RequestError):
    """The body has a transfer coding other than chunked (RFC 9112, 6.1)."""

    code, status, title = "UNSUPPORTED_TRANSFER_CODING", 501, "Unsupported transfer coding"


class BatchNotSupported(RequestError):
    """The body is a list of GraphQL requests."""

    code, title = "BATCH_NOT_SUPPORTED", "Batch not supported"


class KeyReused(RequestError):
    """The Idempotency-Key was used before, with a different request."""

    code, status, title = "IDEMPOTENCY_KEY_REUSED", 422, "Idempotency-Key already used"


class AccessError(AllyGraphError):
    """The client is not allowed to do this."""


class Unauthenticated(AccessError):
    """A token is required and missing, or the token is not valid."""

    code, status, title = "UNAUTHENTICATED", 401, "Unauthenticated"


class InvalidToken(Unauthenticated):
    """The token is malformed, unknown, expired or revoked."""


class Forbidden(AccessError):
    """The token is valid, but its role does not permit this."""

    code, status, title = "FORBIDDEN", 403, "Forbidden"


class DocumentNotAllowed(AccessError):
    """The service executes known documents only, and this is not one of them."""

    code, status, title = "DOCUMENT_NOT_ALLOWED", 403, "Document not allowed"


class TooManyRequests(AccessError):
    """A client has sent `most` requests within a minute, which is the limit."""

    code, status, title = "TOO_MANY_REQUESTS", 429, "Too many requests"
    window_seconds = 60

    def __init__(self, most: int, retry_after: int) -> None:
        """`retry_after`: seconds until the client may send another request."""
        super().__init__(
            f"The limit of {most} requests per minute is reached; try again in {retry_after} s."
        )
        self.most = most
        self.retry_after = retry_after


class QueryError(AllyGraphError):
    """The query is invalid. `details`: the errors of graphql-core, if any."""

    status = 400

    def __init__(self, message: str, details: Sequence[dict[str, Any]] = ()) -> None:
        """`details`: errors in the form of the GraphQL specification, without a code."""
        super().__init__(message)
        self.details = details


class SyntaxProblem(QueryError):
    """The document has a syntax error."""

    code, title = "GRAPHQL_PARSE_FAILED", "GraphQL syntax error"


class ValidationProblem(QueryError):
    """The document does not match the schema."""

    code, title = "GRAPHQL_VALIDATION_FAILED", "GraphQL validation failed"


class IntrospectionDisabled(QueryError):
    """The query reads the schema, and introspection is disabled."""

    code, title = "INTROSPECTION_DISABLED", "Introspection disabled"


class UnknownOperation(QueryError):
    """The document has no operation of that name, or has several and the request names none."""

    code, title = "OPERATION_NOT_FOUND", "Unknown operation"


class UnknownDocument(QueryError):
    """No persisted document has this id."""

    code, title = "PERSISTED_DOCUMENT_NOT_FOUND", "Unknown document"


class UnregisteredDocument(QueryError):
    """An automatic persisted query is not registered: the client sends it again with its text.

    Clients compare the message, so it is not a sentence.
    """

    code, title = "PERSISTED_QUERY_NOT_FOUND", "Unregistered document"

    def __init__(self) -> None:
        """Always has the message that clients compare."""
        super().__init__("PersistedQueryNotFound")


class PersistedQueryVersion(QueryError):
    """A version of the extension `persistedQuery` that the service does not support.

    Clients compare the message, and stop using the extension.
    """

    code, title = "PERSISTED_QUERY_NOT_SUPPORTED", "Unsupported version"

    def __init__(self) -> None:
        """Always has the message that clients compare."""
        super().__init__("PersistedQueryNotSupported")


class BadInput(QueryError):
    """An argument, a variable or a parameter has an invalid value."""

    code, title = "BAD_USER_INPUT", "Bad input"


class BadCursor(QueryError):
    """A cursor is malformed, or was made for another order."""

    code, title = "BAD_CURSOR", "Bad cursor"


class UnknownRevision(QueryError):
    """The revision does not exist, or the time is in the future."""

    code, title = "UNKNOWN_REVISION", "Unknown revision"


class AsOfConflict(QueryError):
    """The request and its header AllyGraph-As-Of name different revisions."""

    code, title = "AS_OF_CONFLICT", "Different revisions"


class TooComplex(QueryError):
    """The document is too long, too deep or has too many fields."""

    code, title = "QUERY_TOO_COMPLEX", "Query too complex"


class OverBudget(QueryError):
    """The response could hold more records than the node budget allows."""

    code, title = "NODE_BUDGET_EXCEEDED", "Node budget exceeded"


class EventTooLarge(QueryError):
    """One answer exceeds the size of a WebSocket message or a server-sent event."""

    code, title = "EVENT_TOO_LARGE", "Event too large"


class NotFound(AllyGraphError):
    """The resource does not exist."""

    code, status, title = "NOT_FOUND", 404, "Not found"


class RefusedWrite(AllyGraphError):
    """The write is invalid and nothing is stored. `problems` say what to correct."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        """`problems`: at least one."""
        super().__init__(" ".join(problem.message for problem in problems))
        self.problems = tuple(problems)


class InvalidRecord(RefusedWrite):
    """The record is invalid."""

    code, status, title = "INVALID_RECORD", 422, "Invalid record"


class RevisionConflict(RefusedWrite):
    """The record was changed after the revision that the client expected."""

    code, status, title = "CONFLICT", 412, "Revision conflict"


class AnswerError(AllyGraphError):
    """The server cannot answer."""


class TimedOut(AnswerError):
    """The request exceeded the time limit."""

    code, status, title = "TIMEOUT", 504, "Timeout"


# The advice for a client that can't tell whether its write was committed.
_SEND_AGAIN = (
    "so it may have been kept. Send it again with the same Idempotency-Key, and it takes effect "
    "once; without a key, read the records before you send it again."
)


class UnconfirmedWrite(AnswerError):
    """The database did not confirm a commit in time, so the write may have been kept."""

    code, status, title = "WRITE_UNCONFIRMED", 504, "Write not confirmed"
    retry_after = 5

    def __init__(self, seconds: float) -> None:
        """`seconds`: the time limit of the commit."""
        super().__init__(
            f"The database did not confirm the write within {seconds:g} seconds, {_SEND_AGAIN}"
        )


class TooManySubscriptions(AnswerError):
    """The limit of concurrent subscriptions of a process, client or socket is reached."""

    code, status, title = "TOO_MANY_SUBSCRIPTIONS", 503, "Too many subscriptions"
    retry_after = 10


class Stopping(AnswerError):
    """The process will stop; it serves only until load balancers have noticed."""

    code, status, title = "STOPPING", 503, "Stopping"
    retry_after = 1


class Overloaded(AnswerError):
    """A limit of concurrent work in one process is reached; clients fail fast and retry."""

    code, status, title = "OVERLOADED", 503, "Server overloaded"
    retry_after = 1


_PASSES = (
    "The database does not answer at the moment. Send the request again after as many seconds as "
    "Retry-After says."
)
_NEEDS_OPERATOR = (
    "The database refuses this until its operator has repaired it, so sending the "
    "request again does not help. Report the request id to the operator: the log has the reason."
)


class DatabaseUnavailable(AnswerError):
    """The database does not respond. `reason` is for the log, since clients see no addresses."""

    code, status, title = "DATABASE_UNAVAILABLE", 503, "Database unavailable"
    retry_after = 5

    def __init__(self, reason: str, *, needs_operator: bool = False) -> None:
        """`reason`: what is wrong, where, and what to do.

        `needs_operator`: whether only an operator can mend this, so that a retry does not help.
        """
        super().__init__(_NEEDS_OPERATOR if needs_operator else _PASSES)
        self.reason = reason
        if needs_operator:
            self.retry_after = 0

    def __str__(self) -> str:
        return self.reason


class BusyDatabase(DatabaseUnavailable):
    """The database responds, but could not start the write in time, or is shutting down."""

    def __init__(self, message: str) -> None:
        """`message` is shown to clients too."""
        super().__init__(message)
        self.message = bounded(message)


class LostCommit(DatabaseUnavailable):
    """The connection broke during a commit, so the write may have been kept."""

    def __init__(self, reason: str) -> None:
        """`reason` is for the log."""
        super().__init__(reason)
        self.message = f"The connection to the database broke during the commit, {_SEND_AGAIN}"


class Unexpected(AnswerError):
    """An unexpected error in the service; the log has the traceback."""


class StartError(AllyGraphError):
    """The service or a command cannot run. The message is one line that says what to do."""

    code, title = "START_FAILED", "Cannot start"

    def __init__(self, message: str) -> None:
        """`message`: may quote a setting or a path, which may have line breaks."""
        super().__init__(" ".join(message.splitlines()))
