"""GraphQL over HTTP: POST, GET, and GraphiQL for a browser.

A bare ASGI application, reached before any framework: this is the path that has to be short.
"""

from functools import lru_cache
from time import perf_counter
from typing import NamedTuple

import mimeparse

from service.auth.callers import ANYBODY, Guard, Role
from service.documents.documents import GraphQLRequest
from service.engine.answer_cache import Answer, AnswerCache
from service.engine.queries import Queries, error_answer
from service.errors import (
    AllyGraphError,
    DatabaseUnavailable,
    MethodNotAllowed,
    NotAcceptable,
    NotInOnePiece,
    QuestionError,
    Unexpected,
)
from service.http import asgi
from service.http.asgi import (
    HEADER_MOST,
    Disconnected,
    Headers,
    Message,
    Receive,
    Scope,
    Send,
    messages_of,
    read_body,
)
from service.http.authorization import authorization_of
from service.http.entity_tags import entity_tag, is_known
from service.http.error_headers import error_pairs
from service.http.graphql.requests import (
    JSON,
    check_content_type,
    request_in_address,
    request_in_body,
)
from service.http.graphql.sse import EventStreams
from service.http.pages import Pages
from service.http.response_headers import INCLUDE, asks_timing, marks, words_of
from service.http.security_headers import ANSWER_PAIRS
from service.http.write_requests import write_request
from service.observability.counters import NOBODY, OperationCounter
from service.observability.log import Event, log
from service.observability.request_context import (
    EXCHANGE,
    REQUEST_ID,
    RequestContext,
    context_of,
    under_way,
)
from service.settings import Settings
from service.writing.request import WriteRequest

GRAPHQL_RESPONSE = "application/graphql-response+json"
HTML = "text/html"
EVENT_STREAM = "text/event-stream"

REVISION = asgi.REVISION.encode()

# What an answer depends on, but for the data: method, body or query string, media type, role, and
# whether the revision is to be told in it.
Key = tuple[str, bytes, str, Role, bool]
RequestHeaders = dict[bytes, bytes]


class Reply(NamedTuple):
    """A whole response, as ASGI sends it. `tag`: of one that its client may keep.

    `tally` counts it.
    """

    start: Message
    body: Message
    tag: str = ""
    tally: OperationCounter = NOBODY


class GraphQLOverHTTP:
    """The address `/graphql`."""

    def __init__(
        self,
        settings: Settings,
        guard: Guard,
        questions: Queries,
        streams: EventStreams,
        cache: AnswerCache,
        pages: Pages,
    ) -> None:
        """`guard` knows who asks, `questions` and `streams` answer, `pages` has GraphiQL."""
        self._settings = settings
        self._guard = guard
        self._open = guard.public_reads
        self._questions = questions
        self._newest_revision = questions.newest_revision
        self._measures = questions.measures
        self._streams = streams
        self._cache = cache
        self._pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One exchange."""
        method, headers = scope["method"], dict(scope["headers"])
        media_type = JSON
        included = headers.get(INCLUDE)
        tells = included is not None and b"revision" in words_of(included)
        if included is not None and asks_timing(scope):
            context_of(scope).observe()
        reply: Reply | None
        answer: Answer | None = None
        try:
            media_type = answer_type(method, headers.get(b"accept", b"")[:HEADER_MOST])
            if media_type == HTML:
                await self._pages.graphiql(scope, receive, send)
                return
            # Two of them are none: `authorization_of` reads them as REST does.
            shown = authorization_of(scope) if b"authorization" in headers else None
            caller = ANYBODY if shown is None and self._open else await self._guard.reader(shown)
            if method == "POST":
                check_content_type(headers.get(b"content-type", b"")[:HEADER_MOST])
                asked = await read_body(receive, self._settings.body_bytes)
            else:
                asked = _asked_by(method, scope["query_string"])
            if media_type == EVENT_STREAM:
                await self._streams.stream(_question(method, asked), scope, receive, send)
                return
            key = (method, asked, media_type, caller.role, tells)
            newest, reply = 0, None
            seen = asgi.revision_seen(headers[REVISION]) if REVISION in headers else 0
            if self._cache.keeps:
                newest = self._newest_revision()
                reply = self._cache.get(newest, key) if newest >= seen else None
            if reply is not None:
                reply.tally.cached += 1
            else:
                question = _question(method, asked)
                answer = (
                    self._questions.answer_at_once(question)
                    if EXCHANGE not in scope
                    else self._watched(context_of(scope), question)
                )
                if answer is None:
                    request = write_request(caller, headers.get(b"idempotency-key"), asked)
                    if seen:
                        request = request._replace(seen=seen)
                    under_way.set(scope)
                    if b"accept" in headers and _accepts_stream(headers):
                        answer = await self._answer_or_stream(
                            question, request, scope, receive, send
                        )
                        if answer is None:
                            return
                    else:
                        answer = await self._questions.answer(question, request)
                answer.tally.answered += 1
                reply = self._reply(newest, key, answer)
        except AllyGraphError as error:
            reply = self._refused(scope, error, media_type)
        except Disconnected:
            return
        except Exception:
            under_way.set(scope)
            log.exception(Event.FAULT, path=scope["path"])
            fault = Unexpected("Something went wrong here; the log says what.")
            reply = self._refused(scope, fault, media_type)
        if reply.tag and is_known(reply.tag, _if_none_match(headers)):
            reply = _not_modified(reply)
        if EXCHANGE in scope or REQUEST_ID in headers:
            reply = _marked(scope, reply, is_kept=answer is None)
        await send(reply.start)
        await send(reply.body)

    async def _answer_or_stream(
        self,
        question: GraphQLRequest,
        request: WriteRequest,
        scope: Scope,
        receive: Receive,
        send: Send,
    ) -> Answer | None:
        """The answer to a client that takes both; None where it was streamed."""
        try:
            return await self._questions.answer(question, request)
        except NotInOnePiece:
            await self._streams.stream(question, scope, receive, send)
            return None

    def _refused(self, scope: Scope, error: AllyGraphError, media_type: str) -> Reply:
        under_way.set(scope)
        context_of(scope).operation = error.operation
        self._measures.refused(error)
        return _refusal(error, scope["method"], media_type)

    def _watched(self, exchange: RequestContext, question: GraphQLRequest) -> Answer | None:
        """An answer at once, of which the exchange hears how long its statements took."""
        stage = self._measures.sql
        before = stage.seconds
        answer = self._questions.answer_at_once(question)
        ended = perf_counter()
        if stage.seconds > before:
            exchange.add(stage.name, ended - (stage.seconds - before), ended)
        return answer

    def _reply(self, newest: int, key: Key, answer: Answer) -> Reply:
        method, asked, media_type, _, tells = key
        reply = _told(method, media_type, _with_revision(answer) if tells else answer)
        if answer.lasts and self._cache.keeps:
            # One that was read meanwhile from newer data is an answer about that data.
            size = len(asked) + len(answer.body)
            self._cache.keep(max(newest, answer.revision), key, size, reply)
        return reply


def _asked_by(method: str, query_string: bytes) -> bytes:
    if method not in ("GET", "HEAD"):
        raise MethodNotAllowed("Ask by POST or GET.")
    return query_string


def _question(method: str, asked: bytes) -> GraphQLRequest:
    return request_in_body(asked) if method == "POST" else request_in_address(asked)


def _with_revision(answer: Answer) -> Answer:
    """The same, telling in the body which revision it was read from."""
    extensions = b',"extensions":{"revision":%d}}' % answer.revision
    return answer._replace(body=answer.body[:-1] + extensions)


@lru_cache(maxsize=256)
def answer_type(method: str, accept: bytes) -> str:
    """The media type to answer in. Raises NotAcceptable."""
    if accept in (b"", b"*/*"):
        return JSON
    # Of those that are wanted alike, the last one is taken.
    offered = [JSON, GRAPHQL_RESPONSE]
    if method != "HEAD":
        offered.insert(0, EVENT_STREAM)
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


def _told(method: str, media_type: str, answer: Answer) -> Reply:
    """The reply with an answer; one to GET has an entity tag."""
    body, revision, _, _, tally = answer
    headers = _headers(method, media_type, 200, revision)
    if method == "POST":
        # Written out, for this is on the shortest path: each call counts.
        length = (b"content-length", b"%d" % len(body))
        start = {"type": "http.response.start", "status": 200, "headers": (*headers, length)}
        return Reply(start, {"type": "http.response.body", "body": body}, "", tally)
    tag = entity_tag(answer.body)
    headers = (*headers, (b"etag", tag.encode()), (b"cache-control", b"no-cache"))
    return Reply(*messages_of(200, answer.body, headers), tag, tally)


def _refusal(error: AllyGraphError, method: str, media_type: str) -> Reply:
    """The reply to what can't be answered."""
    if isinstance(error, DatabaseUnavailable):
        log.error(Event.DATABASE_UNAVAILABLE, reason=error.reason)
    if media_type == EVENT_STREAM:
        # The stream has not begun.
        media_type = JSON
    status = _status(error, media_type)
    headers = _headers(method, media_type, status, None) + error_pairs(error)
    return Reply(*messages_of(status, error_answer(error), headers))


def _accepts_stream(headers: RequestHeaders) -> bool:
    accept = headers.get(b"accept", b"")[:HEADER_MOST].decode("latin-1")
    return EVENT_STREAM in accept and bool(mimeparse.best_match([EVENT_STREAM], accept))


def _if_none_match(headers: RequestHeaders) -> str:
    return headers.get(b"if-none-match", b"")[:HEADER_MOST].decode("latin-1")


def _not_modified(reply: Reply) -> Reply:
    """The same without its body, which the client has already."""
    headers = tuple(pair for pair in reply.start["headers"] if pair[0] != b"content-length")
    start, body = messages_of(304, b"", headers)
    return reply._replace(start=start, body=body)


def _marked(scope: Scope, reply: Reply, *, is_kept: bool) -> Reply:
    """The same with what belongs to this request alone; what is kept stays as it is."""
    exchange = context_of(scope)
    exchange.operation = exchange.operation or reply.tally.name
    exchange.is_from_cache = is_kept and not exchange.code
    headers = (*reply.start["headers"], *marks(scope, exchange))
    return reply._replace(start={**reply.start, "headers": headers})


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
    if method != "POST" or status != 200:
        headers += ANSWER_PAIRS
    return tuple(headers)
