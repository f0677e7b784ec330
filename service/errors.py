"""Everything that can go wrong with a question, on one page.

    AllyGraphError
    ├── RequestError            the request can't be read
    │   ├── MalformedBody           400 BAD_REQUEST
    │   ├── MethodNotAllowed        405 METHOD_NOT_ALLOWED
    │   ├── NotAcceptable           406 NOT_ACCEPTABLE
    │   │   └── NotInOnePiece
    │   ├── TooSlow                 408 REQUEST_TIMEOUT
    │   ├── BodyTooLarge            413 BODY_TOO_LARGE
    │   ├── UnknownHost             421 UNKNOWN_HOST
    │   ├── HeadersTooLarge         431 HEADERS_TOO_LARGE
    │   ├── KeyReused               422 IDEMPOTENCY_KEY_REUSED
    │   └── UnsupportedMediaType    415 UNSUPPORTED_MEDIA_TYPE
    ├── AccessError             whoever asks may not
    │   ├── Unauthenticated         401 UNAUTHENTICATED
    │   │   └── InvalidToken            401 UNAUTHENTICATED
    │   ├── Forbidden               403 FORBIDDEN
    │   ├── DocumentNotAllowed      403 DOCUMENT_NOT_ALLOWED
    │   └── TooManyRequests         429 TOO_MANY_REQUESTS
    ├── QuestionError           the question can't be asked
    │   ├── SyntaxProblem           400 GRAPHQL_PARSE_FAILED
    │   ├── ValidationProblem       400 GRAPHQL_VALIDATION_FAILED
    │   ├── IntrospectionDisabled   400 INTROSPECTION_DISABLED
    │   ├── UnknownOperation        400 OPERATION_NOT_FOUND
    │   ├── UnknownDocument         400 PERSISTED_DOCUMENT_NOT_FOUND
    │   ├── BadInput                400 BAD_USER_INPUT
    │   ├── BadCursor               400 BAD_CURSOR
    │   ├── UnknownRevision         400 UNKNOWN_REVISION
    │   ├── TooComplex              400 QUERY_TOO_COMPLEX
    │   └── OverBudget              400 NODE_BUDGET_EXCEEDED
    ├── NotFound                404 NOT_FOUND
    ├── RefusedWrite            the write can't be done: nothing of it is kept
    │   ├── InvalidRecord           422 INVALID_RECORD
    │   └── LostRace                412 CONFLICT
    ├── AnswerError             the answer can't be given
    │   ├── TimedOut                504 TIMEOUT
    │   ├── TooManySubscriptions    503 TOO_MANY_SUBSCRIPTIONS
    │   ├── Overloaded              503 OVERLOADED
    │   ├── DatabaseUnavailable     503 DATABASE_UNAVAILABLE
    │   │   └── BusyDatabase
    │   └── Unexpected              500 INTERNAL_SERVER_ERROR
    └── StartError              the service can't start: one line that says what to do

`code` goes to clients and stays; `message` is for people and may be worded better any day.
"""

from collections.abc import Sequence
from typing import Any, ClassVar

from graphql import GraphQLError

from schema.rules import Problem


def in_graphql_form(errors: Sequence[GraphQLError]) -> list[dict[str, Any]]:
    """GraphQL's own errors as an answer has them."""
    return [dict(error.formatted) for error in errors]


class AllyGraphError(Exception):
    """An error whose message is written for the person who meets it."""

    code: ClassVar[str] = "INTERNAL_SERVER_ERROR"
    status: ClassVar[int] = 500
    title: ClassVar[str] = "Something went wrong here"
    # After how many seconds to try again; 0 where that would not help, or nobody knows.
    retry_after: int = 0
    # The operation that it came by, as it is counted, once that is known.
    operation: str = ""

    def __init__(self, message: str) -> None:
        """`message` says what is wrong and what to do."""
        super().__init__(message)
        self.message = message


class RequestError(AllyGraphError):
    """The request can't be read."""

    status = 400


class MalformedBody(RequestError):
    """The body, or the query string, isn't what GraphQL over HTTP asks for."""

    code, title = "BAD_REQUEST", "Malformed request"


class MethodNotAllowed(RequestError):
    """The address does not take this method."""

    code, status, title = "METHOD_NOT_ALLOWED", 405, "Method not allowed"


class NotAcceptable(RequestError):
    """The client accepts no media type we can answer in."""

    code, status, title = "NOT_ACCEPTABLE", 406, "Not acceptable"


class NotInOnePiece(NotAcceptable):
    """A subscription was asked for where one answer is expected."""


class TooSlow(RequestError):
    """The request has not arrived within the time that one may take."""

    code, status, title = "REQUEST_TIMEOUT", 408, "Request took too long"


class UnknownHost(RequestError):
    """The request is for a host that is none of ours."""

    code, status, title = "UNKNOWN_HOST", 421, "Not served here"


class HeadersTooLarge(RequestError):
    """What comes before the body is over the limit."""

    code, status, title = "HEADERS_TOO_LARGE", 431, "Headers too large"


class BodyTooLarge(RequestError):
    """The body is over the limit."""

    code, status, title = "BODY_TOO_LARGE", 413, "Body too large"


class UnsupportedMediaType(RequestError):
    """The body is in a media type we don't read."""

    code, status, title = "UNSUPPORTED_MEDIA_TYPE", 415, "Unsupported media type"


class KeyReused(RequestError):
    """An Idempotency-Key came back with another request."""

    code, status, title = "IDEMPOTENCY_KEY_REUSED", 422, "Idempotency-Key used before"


class AccessError(AllyGraphError):
    """Whoever asks may not."""


class Unauthenticated(AccessError):
    """There is no token where one is needed, or it is not a good one."""

    code, status, title = "UNAUTHENTICATED", 401, "No valid token"


class InvalidToken(Unauthenticated):
    """There is one, but it is malformed, unknown, expired or revoked."""


class Forbidden(AccessError):
    """The token is good, but its role may not do this."""

    code, status, title = "FORBIDDEN", 403, "Not allowed with this token"


class DocumentNotAllowed(AccessError):
    """Only known documents are answered here, and this is none of them."""

    code, status, title = "DOCUMENT_NOT_ALLOWED", 403, "Document not allowed here"


class TooManyRequests(AccessError):
    """A client has asked as often as one may in a minute, which is `most`."""

    code, status, title = "TOO_MANY_REQUESTS", 429, "Too many requests"

    def __init__(self, most: int, retry_after: int) -> None:
        """`retry_after`: in how many seconds there is room for another one."""
        super().__init__(
            f"A client may ask {most} times a minute here; try again in {retry_after} s."
        )
        self.most = most
        self.retry_after = retry_after


class QuestionError(AllyGraphError):
    """The question can't be asked. `details` are GraphQL's own errors, if there are any."""

    status = 400

    def __init__(self, message: str, details: Sequence[dict[str, Any]] = ()) -> None:
        """`details`: errors in GraphQL's form, without their code."""
        super().__init__(message)
        self.details = details


class SyntaxProblem(QuestionError):
    """The document isn't GraphQL."""

    code, title = "GRAPHQL_PARSE_FAILED", "Not a GraphQL document"


class ValidationProblem(QuestionError):
    """The document asks for what the schema does not have."""

    code, title = "GRAPHQL_VALIDATION_FAILED", "Not a valid question"


class IntrospectionDisabled(QuestionError):
    """The question asks for the schema, which this service does not tell."""

    code, title = "INTROSPECTION_DISABLED", "The schema is not told here"


class UnknownOperation(QuestionError):
    """The document has no operation of that name, or several and no name was given."""

    code, title = "OPERATION_NOT_FOUND", "Unknown operation"


class UnknownDocument(QuestionError):
    """No document is kept under that id."""

    code, title = "PERSISTED_DOCUMENT_NOT_FOUND", "Unknown document"


class BadInput(QuestionError):
    """An argument, a variable or a parameter has a value it can't have."""

    code, title = "BAD_USER_INPUT", "Bad input"


class BadCursor(QuestionError):
    """A cursor is garbage or belongs to another order."""

    code, title = "BAD_CURSOR", "Bad cursor"


class UnknownRevision(QuestionError):
    """The data has not been in that state yet."""

    code, title = "UNKNOWN_REVISION", "Unknown revision"


class TooComplex(QuestionError):
    """The document is too long, too deep or too broad."""

    code, title = "QUERY_TOO_COMPLEX", "Question too complex"


class OverBudget(QuestionError):
    """The answer could hold more records than one answer may."""

    code, title = "NODE_BUDGET_EXCEEDED", "Question too large"


class NotFound(AllyGraphError):
    """There is nothing at this address."""

    code, status, title = "NOT_FOUND", 404, "Not found"


class RefusedWrite(AllyGraphError):
    """The write can't be done, and nothing of it is kept. `problems` say what a person can mend."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        """At least one problem."""
        super().__init__(" ".join(problem.message for problem in problems))
        self.problems = tuple(problems)


class InvalidRecord(RefusedWrite):
    """What would be written can't be kept."""

    code, status, title = "INVALID_RECORD", 422, "Not a record that can be kept"


class RevisionConflict(RefusedWrite):
    """Somebody else has changed the record since the revision that was named."""

    code, status, title = "CONFLICT", 412, "Changed meanwhile"


class AnswerError(AllyGraphError):
    """The answer can't be given."""


class TimedOut(AnswerError):
    """The answer took longer than one may."""

    code, status, title = "TIMEOUT", 504, "Timed out"


class TooManySubscriptions(AnswerError):
    """More is followed already than one process, or one socket, serves at a time."""

    code, status, title = "TOO_MANY_SUBSCRIPTIONS", 503, "Too many subscriptions"
    retry_after = 10


class Overloaded(AnswerError):
    """More is under way than one process takes on: better to hear so at once than to wait long."""

    code, status, title = "OVERLOADED", 503, "Too much to do"
    retry_after = 1


class DatabaseUnavailable(AnswerError):
    """The database does not answer. `reason` is the operator's: clients learn no addresses."""

    code, status, title = "DATABASE_UNAVAILABLE", 503, "Database unavailable"
    retry_after = 5

    def __init__(self, reason: str) -> None:
        """`reason` says what is wrong, where, and what to do."""
        super().__init__("The database does not answer now; try again in a moment.")
        self.reason = reason

    def __str__(self) -> str:
        return self.reason


class BusyDatabase(DatabaseUnavailable):
    """It answers, but could not write in time, or writes no more."""

    def __init__(self, message: str) -> None:
        """`message` is for clients too."""
        super().__init__(message)
        self.message = message


class Unexpected(AnswerError):
    """A fault of ours. What happened stands in the log."""


class StartError(AllyGraphError):
    """The service can't start. The message is one line that says what to do."""

    code, title = "START_FAILED", "Can't start"
