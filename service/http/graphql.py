"""GraphQL over HTTP: POST, GET, and GraphiQL for a browser.

A bare ASGI application, reached before any framework: this is the path that has to be short.
"""

from functools import lru_cache
from typing import Any
from urllib.parse import parse_qs

import mimeparse
import orjson

from service.documents import Question
from service.errors import (
    AllyGraphError,
    DatabaseUnavailable,
    MalformedBody,
    MethodNotAllowed,
    NotAcceptable,
    QuestionError,
    Unexpected,
    UnsupportedMediaType,
)
from service.events import Event, log
from service.http.messages import (
    HEADER_MOST,
    Disconnected,
    Receive,
    Scope,
    Send,
    read_body,
    respond,
)
from service.http.pages import Pages
from service.questions import Questions, error_answer
from service.settings import Settings

JSON = "application/json"
GRAPHQL_RESPONSE = "application/graphql-response+json"
HTML = "text/html"


class GraphQLOverHTTP:
    """The address `/graphql`."""

    def __init__(self, settings: Settings, questions: Questions, pages: Pages) -> None:
        """`questions` answers, `pages` has GraphiQL."""
        self._settings = settings
        self._questions = questions
        self._pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One exchange."""
        media_type = JSON
        try:
            accept, content_type = headers_of(scope)
            media_type = answer_type(scope["method"], accept)
            if media_type == HTML:
                await self._pages.graphiql(scope, receive, send)
                return
            if scope["method"] == "POST":
                _check_content_type(content_type)
                question = _question_in(await read_body(receive, self._settings.body_bytes))
            else:
                question = _question_asked_by(scope["method"], scope["query_string"])
            body, status = self._questions.answer_at_once(question), 200
            if body is None:
                body = await self._questions.answer(question)
        except AllyGraphError as error:
            body, status = error_answer(error), _status(error, media_type)
            if isinstance(error, DatabaseUnavailable):
                log.error(Event.DATABASE_UNAVAILABLE, reason=error.message)
        except Disconnected:
            return
        except Exception:
            log.exception(Event.FAULT, path=scope["path"])
            fault = Unexpected("Something went wrong here; the log says what.")
            body, status = error_answer(fault), fault.status
        await respond(send, status, body, _headers(scope["method"], media_type, status))


def headers_of(scope: Scope) -> tuple[bytes, bytes]:
    """The beginnings of the two headers that matter here: Accept and Content-Type."""
    accept = content_type = b""
    for name, value in scope["headers"]:
        if name == b"accept":
            accept = value[:HEADER_MOST]
        elif name == b"content-type":
            content_type = value[:HEADER_MOST]
    return accept, content_type


@lru_cache(maxsize=256)
def answer_type(method: str, accept: bytes) -> str:
    """The media type to answer in. Raises NotAcceptable."""
    if accept in (b"", b"*/*"):
        return JSON
    offered = [JSON, GRAPHQL_RESPONSE] + ([HTML] if method in ("GET", "HEAD") else [])
    try:
        best: str = mimeparse.best_match(offered, accept.decode("latin-1"))
    except mimeparse.MimeTypeParseException:
        best = ""
    if not best:
        raise NotAcceptable(f"Answers come as {' or '.join(offered)}; accept one of them.")
    return best


@lru_cache(maxsize=256)
def _check_content_type(content_type: bytes) -> None:
    try:
        kind, subtype, parameters = mimeparse.parse_mime_type(
            content_type.decode("latin-1").lower()
        )
    except mimeparse.MimeTypeParseException:
        kind, subtype, parameters = "", "", {}
    if f"{kind}/{subtype}" != JSON:
        raise UnsupportedMediaType(f"Send the question as {JSON}.")
    if parameters.get("charset", "utf-8") not in ("utf-8", "utf8"):
        raise UnsupportedMediaType("Send the question in UTF-8.")


def _question_in(body: bytes) -> Question:
    try:
        content = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise MalformedBody(f"The body is not JSON: {error}.") from None
    if not isinstance(content, dict):
        raise MalformedBody('The body is not a JSON object: send {"query": "..."}.')
    return _question_of(content, reads_only=False)


def _question_asked_by(method: str, query_string: bytes) -> Question:
    if method not in ("GET", "HEAD"):
        raise MethodNotAllowed("Ask by POST or GET.")
    try:
        given = parse_qs(
            query_string.decode(), keep_blank_values=True, max_num_fields=20, errors="strict"
        )
    except ValueError as error:
        raise MalformedBody(f"The address can't be read: {error}.") from None
    content: dict[str, Any] = {name: values[-1] for name, values in given.items()}
    for name in ("variables", "extensions"):
        content[name] = _object_in_address(name, content.get(name, ""))
    return _question_of(content, reads_only=True)


def _object_in_address(name: str, text: str) -> Any:
    try:
        return orjson.loads(text) if text else None
    except orjson.JSONDecodeError as error:
        raise MalformedBody(f"`{name}` is not JSON: {error}.") from None


def _question_of(content: dict[str, Any], *, reads_only: bool) -> Question:
    document, variables = content.get("query"), content.get("variables")
    if not isinstance(document, str):
        raise MalformedBody("`query` is missing, or is not text: it holds the GraphQL document.")
    if variables is not None and not isinstance(variables, dict):
        raise MalformedBody("`variables` is not an object.")
    operation_name, extensions = content.get("operationName"), content.get("extensions")
    if operation_name is not None and not isinstance(operation_name, str):
        raise MalformedBody("`operationName` is not text.")
    if extensions is not None and not isinstance(extensions, dict):
        raise MalformedBody("`extensions` is not an object.")
    return Question(document, operation_name, variables or {}, reads_only)


def _status(error: AllyGraphError, media_type: str) -> int:
    """In plain JSON a question that can't be asked is still a request that was answered."""
    answered = isinstance(error, QuestionError) and media_type == JSON
    return 200 if answered else error.status


@lru_cache(maxsize=64)
def _headers(method: str, media_type: str, status: int) -> tuple[tuple[bytes, bytes], ...]:
    headers = [(b"content-type", f"{media_type}; charset=utf-8".encode())]
    if method != "POST":
        # Nobody keeps the answer to a POST, so nobody need know what it varies by.
        headers.append((b"vary", b"accept"))
    if status == MethodNotAllowed.status:
        headers.append((b"allow", b"GET, HEAD, POST"))
    return tuple(headers)
