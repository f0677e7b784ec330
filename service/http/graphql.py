"""GraphQL over HTTP: POST, GET, and GraphiQL for a browser.

A bare ASGI application, reached before any framework: this is the path that has to be short.
"""

from functools import lru_cache

import mimeparse

from service.auth import Caller, Guard, Role
from service.cache import Answer, AnswerCache
from service.documents import Question
from service.errors import (
    AllyGraphError,
    DatabaseUnavailable,
    MethodNotAllowed,
    NotAcceptable,
    QuestionError,
    Unexpected,
)
from service.events import Event, log
from service.http.authorization import challenge_pairs
from service.http.entity_tags import entity_tag, is_known
from service.http.event_stream import EventStreams
from service.http.graphql_requests import (
    JSON,
    check_content_type,
    question_in,
    question_in_address,
)
from service.http.messages import (
    HEADER_MOST,
    Disconnected,
    Headers,
    Receive,
    Scope,
    Send,
    read_body,
    respond,
)
from service.http.pages import Pages
from service.http.write_requests import write_request
from service.questions import Questions, error_answer
from service.settings import Settings

GRAPHQL_RESPONSE = "application/graphql-response+json"
HTML = "text/html"
EVENT_STREAM = "text/event-stream"

# A client that wants the revision in the body asks for it by this header: `revision`.
INCLUDE = b"allygraph-include"
REVISION = b"allygraph-revision"


# What an answer depends on, but for the data: method, body or query string, role, and whether the
# revision is to be told in it.
Key = tuple[str, bytes, Role, bool]
RequestHeaders = dict[bytes, bytes]


class GraphQLOverHTTP:
    """The address `/graphql`."""

    def __init__(
        self,
        settings: Settings,
        guard: Guard,
        questions: Questions,
        streams: EventStreams,
        pages: Pages,
    ) -> None:
        """`guard` knows who asks, `questions` and `streams` answer, `pages` has GraphiQL."""
        self._settings = settings
        self._guard = guard
        self._questions = questions
        self._newest_revision = questions.newest_revision
        self._cache = AnswerCache(settings.cache_bytes)
        self._streams = streams
        self._pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One exchange."""
        method, headers = scope["method"], dict(scope["headers"])
        media_type, answer = JSON, None
        challenge: Headers = ()
        try:
            media_type = answer_type(method, headers.get(b"accept", b"")[:HEADER_MOST])
            if media_type == HTML:
                await self._pages.graphiql(scope, receive, send)
                return
            caller = self._guard.reader(headers.get(b"authorization"))
            if method == "POST":
                check_content_type(headers.get(b"content-type", b"")[:HEADER_MOST])
                asked = await read_body(receive, self._settings.body_bytes)
            else:
                asked = _asked_by(method, scope["query_string"])
            if media_type == EVENT_STREAM:
                question = _question(method, asked)
                await self._streams.stream(question, scope, receive, send)
                return
            key = (method, asked, caller.role, headers.get(INCLUDE) == b"revision")
            if self._cache.keeps:
                answer = await self._kept_or_new(key, caller, headers)
            else:
                answer = await self._new(key, caller, headers)
            body, status = answer.body, 200
        except AllyGraphError as error:
            body, status = error_answer(error), _status(error, media_type)
            challenge = challenge_pairs(error)
            if isinstance(error, DatabaseUnavailable):
                log.error(Event.DATABASE_UNAVAILABLE, reason=error.message)
        except Disconnected:
            return
        except Exception:
            log.exception(Event.FAULT, path=scope["path"])
            fault = Unexpected("Something went wrong here; the log says what.")
            body, status = error_answer(fault), fault.status
        revision = answer.revision if answer else None
        told = _headers(method, media_type, status, revision)
        if method != "POST" and status == 200:
            status, body, told = _tagged(headers, body, told)
        await respond(send, status, body, told + challenge)

    async def _kept_or_new(self, key: Key, caller: Caller, headers: RequestHeaders) -> Answer:
        newest = self._newest_revision()
        answer = self._cache.get(newest, key)
        if answer is None:
            answer = await self._new(key, caller, headers)
            if answer.lasts:
                # One that was read meanwhile from newer data is an answer about that data.
                self._cache.keep(max(newest, answer.revision), key, len(key[1]), answer)
        return answer

    async def _new(self, key: Key, caller: Caller, headers: RequestHeaders) -> Answer:
        method, asked, _, tells = key
        question = _question(method, asked)
        answer = self._questions.answer_at_once(question)
        if answer is None:
            request = write_request(caller, headers.get(b"idempotency-key"), asked)
            answer = await self._questions.answer(question, request)
        return _with_revision(answer) if tells else answer


def _asked_by(method: str, query_string: bytes) -> bytes:
    if method not in ("GET", "HEAD"):
        raise MethodNotAllowed("Ask by POST or GET.")
    return query_string


def _question(method: str, asked: bytes) -> Question:
    return question_in(asked) if method == "POST" else question_in_address(asked)


def _with_revision(answer: Answer) -> Answer:
    """The same, telling in the body which revision it was read from."""
    extensions = b',"extensions":{"revision":%d}}' % answer.revision
    return answer._replace(body=answer.body[:-1] + extensions)


@lru_cache(maxsize=256)
def answer_type(method: str, accept: bytes) -> str:
    """The media type to answer in. Raises NotAcceptable."""
    if accept in (b"", b"*/*"):
        return JSON
    offered = [JSON, GRAPHQL_RESPONSE, EVENT_STREAM]
    if method in ("GET", "HEAD"):
        offered.append(HTML)
    try:
        best: str = mimeparse.best_match(offered, accept.decode("latin-1"))
    except mimeparse.MimeTypeParseException:
        best = ""
    if not best:
        raise NotAcceptable(f"Answers come as {' or '.join(offered)}; accept one of them.")
    return best


def _status(error: AllyGraphError, media_type: str) -> int:
    """In plain JSON a question that can't be asked is still a request that was answered."""
    answered = isinstance(error, QuestionError) and media_type == JSON
    return 200 if answered else error.status


@lru_cache(maxsize=256)
def _headers(method: str, media_type: str, status: int, revision: int | None) -> Headers:
    headers = [(b"content-type", f"{media_type}; charset=utf-8".encode())]
    if revision is not None:
        headers.append((REVISION, b"%d" % revision))
    if method != "POST":
        # Nobody keeps the answer to a POST, so nobody need know what it varies by.
        headers.append((b"vary", b"accept, authorization, allygraph-include"))
    if status == MethodNotAllowed.status:
        headers.append((b"allow", b"GET, HEAD, POST"))
    return tuple(headers)


def _tagged(headers: dict[bytes, bytes], body: bytes, told: Headers) -> tuple[int, bytes, Headers]:
    """The answer with its entity tag; without its body where the client has it already."""
    tag = entity_tag(body)
    told = (*told, (b"etag", tag.encode()), (b"cache-control", b"no-cache"))
    known = headers.get(b"if-none-match", b"")[:HEADER_MOST].decode("latin-1")
    return (304, b"", told) if is_known(tag, known) else (200, body, told)
