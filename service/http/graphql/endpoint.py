"""GraphQL over HTTP: POST, GET, and GraphiQL for a browser.

A bare ASGI application without a framework, because this path must be short.
"""

from functools import lru_cache
from time import perf_counter
from typing import NamedTuple

from service.auth.callers import Guard
from service.engine.answer_cache import Answer, AnswerCache
from service.engine.exporting.query_tables import QueryTables
from service.engine.queries import Queries
from service.errors import (
    AllyGraphError,
    MethodNotAllowed,
    NotAcceptable,
    QueryError,
    SubscriptionNotAcceptable,
    Unexpected,
)
from service.http import asgi
from service.http.accepted_types import best_type
from service.http.asgi import (
    CONTEXT,
    HEADER_MOST,
    INCLUDE,
    REQUEST_ID,
    Headers,
    Message,
    Receive,
    Scope,
    Send,
    context_headers,
    context_of,
    header_list,
    included_parts,
    messages_of,
    revision_seen,
    until_closed,
)
from service.http.authorization import authorization_of
from service.http.entity_tags import entity_tag, is_known
from service.http.error_headers import error_pairs
from service.http.failures import log_failure
from service.http.graphql.errors import error_response
from service.http.graphql.requests import (
    JSON,
    request_in_address,
    request_in_body,
)
from service.http.graphql.sse import EventStreams
from service.http.pages import Pages
from service.http.request_body import CONTENT_ENCODING, check_content_type, read_body
from service.http.security_headers import ANSWER_PAIRS
from service.observability.counters import NOBODY, OperationCounter
from service.observability.log import Event, log
from service.request.caller import ANONYMOUS_CALLER, Caller, Role
from service.request.connection import Disconnected
from service.request.context import RequestContext

GRAPHQL_RESPONSE = "application/graphql-response+json"
HTML = "text/html"
EVENT_STREAM = "text/event-stream"
CSV = "text/csv"

REVISION, AS_OF = asgi.REVISION.encode(), asgi.AS_OF.encode()
_IF_NONE_MATCH = b"if-none-match"

# The media type of an error in place of a stream or a file. A client of a file checks the status
# first.
_OF_ERRORS = {EVENT_STREAM: JSON, CSV: GRAPHQL_RESPONSE}

# Everything besides the data that a response depends on: method, body or query string, media type,
# role, whether to include the revision, and the header AllyGraph-As-Of.
Key = tuple[str, bytes, str, Role, bool, str | None]
RequestHeaders = dict[bytes, bytes]


class Reply(NamedTuple):
    """A complete response as ASGI messages.

    `tag`: its entity tag, if the client may cache it. `operation`: the counter of its operation.
    """

    start: Message
    body: Message
    tag: str = ""
    operation: OperationCounter = NOBODY


class GraphQLOverHTTP:
    """The ASGI application at `/graphql`."""

    def __init__(
        self,
        body_bytes: int,
        guard: Guard,
        queries: Queries,
        streams: EventStreams,
        cache: AnswerCache,
        pages: Pages,
    ) -> None:
        """`body_bytes`: the maximum length of a body."""
        self._body_bytes = body_bytes
        self._guard = guard
        self._is_public = guard.public_reads
        self._queries = queries
        self._tables = QueryTables(queries)
        # A bound method as an attribute, because every request calls it.
        self._newest_revision = queries.newest_revision
        self._counters = queries.counters
        self._streams = streams
        self._cache = cache
        self._pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handles one request: negotiates, executes, replies."""
        begun = perf_counter()
        headers: RequestHeaders = dict(scope["headers"])
        media_type = JSON
        try:
            media_type = answer_type(scope["method"], headers.get(b"accept", b"")[:HEADER_MOST])
            if media_type == HTML:
                await self._pages.graphiql(scope, receive, send)
                return
            if INCLUDE in headers:
                _observe_if_asked(scope, headers)
            key, caller = await self._read(scope, receive, headers, media_type)
            newest = self._newest_revision() if self._cache.keeps else 0
            reply = self._cached(scope, headers, newest, key) if newest else None
            if reply is None:
                reply = await self._execute(scope, receive, send, headers, newest, key, caller)
        except AllyGraphError as error:
            reply = self._failed(scope, error, media_type)
        except Disconnected:
            return
        except Exception:
            context_of(scope)
            log.exception(Event.FAULT, path=scope["path"])
            fault = Unexpected("Internal error. The log of the service has the details.")
            reply = self._failed(scope, fault, media_type)
        if reply is not None:
            operation = reply.operation
            if reply.tag or CONTEXT in scope or REQUEST_ID in headers:
                reply = _for_request(scope, headers, reply)
            await send(reply.start)
            await send(reply.body)
            operation.ended("graphql", reply.start["status"], perf_counter() - begun)

    # --- negotiate ------------------------------------------------------------------------------

    async def _read(
        self, scope: Scope, receive: Receive, headers: RequestHeaders, media_type: str
    ) -> tuple[Key, Caller]:
        """Authenticates the client and reads its request. Raises AccessError, RequestError."""
        # `authorization_of` joins two headers into an invalid one, as REST does.
        header = authorization_of(scope) if b"authorization" in headers else None
        is_anonymous = header is None and self._is_public
        caller = ANONYMOUS_CALLER if is_anonymous else await self._guard.reader(header)
        method = scope["method"]
        if method == "POST":
            check_content_type(headers.get(b"content-type", b"")[:HEADER_MOST], (JSON,))
            coding = ""
            if CONTENT_ENCODING in headers:
                coding = header_list(scope["headers"], CONTENT_ENCODING)
            content = await read_body(receive, self._body_bytes, coding)
        elif method in ("GET", "HEAD"):
            content = scope["query_string"]
        else:
            raise MethodNotAllowed("Send a POST or GET request.")
        has_revision = INCLUDE in headers and b"revision" in included_parts(headers[INCLUDE])
        as_of = context_of(scope).as_of if AS_OF in headers else None
        return (method, content, media_type, caller.role, has_revision, as_of), caller

    # --- execute --------------------------------------------------------------------------------

    def _cached(self, scope: Scope, headers: RequestHeaders, newest: int, key: Key) -> Reply | None:
        """Returns the cached reply, unless the client has seen newer data than this process has."""
        if REVISION in headers and newest < revision_seen(headers[REVISION]):
            return None
        reply: Reply | None = self._cache.get(newest, key)
        if reply is not None:
            reply.operation.cached += 1
            if CONTEXT in scope:
                context_of(scope).is_from_cache = True
        return reply

    async def _execute(
        self,
        scope: Scope,
        receive: Receive,
        send: Send,
        headers: RequestHeaders,
        newest: int,
        key: Key,
        caller: Caller,
    ) -> Reply | None:
        """Executes the request and returns the reply; None if the response was streamed."""
        method, content, media_type, *_, as_of = key
        request = request_in_body(content) if method == "POST" else request_in_address(content)
        if media_type == EVENT_STREAM:
            await self._streams.stream(request, scope, receive, send)
            return None
        if media_type == CSV:
            context = _context_of(scope, receive, headers, caller, content)
            return self._reply(newest, key, await self._tables.answer(request, context))
        answer = None
        if as_of is None:
            answer = self._queries.answer_at_once(request, scope.get(CONTEXT))
        if answer is None:
            context = _context_of(scope, receive, headers, caller, content)
            try:
                answer = await self._queries.answer(request, context)
            except SubscriptionNotAcceptable:
                if not _accepts_stream(headers):
                    raise
                await self._streams.stream(request, scope, receive, send)
                return None
        answer.operation.answered += 1
        return self._reply(newest, key, answer)

    def _reply(self, newest: int, key: Key, answer: Answer) -> Reply:
        method, content, media_type, _, has_revision, _ = key
        shown = _with_revision(answer) if has_revision and media_type != CSV else answer
        reply = _reply_to(method, media_type, shown)
        if answer.is_cacheable and self._cache.keeps:
            # The data may have become newer since the request arrived.
            size = len(content) + len(answer.body)
            self._cache.keep(max(newest, answer.revision), key, size, reply)
        return reply

    def _failed(self, scope: Scope, error: AllyGraphError, media_type: str) -> Reply:
        context = context_of(scope)
        context.operation = error.operation
        counter = self._counters.refused(error)
        log_failure(error, scope["path"])
        # The stream or file has not begun, so the error is sent as JSON.
        media_type = _OF_ERRORS.get(media_type, media_type)
        reply = _error_reply(error, context, scope["method"], media_type)
        return reply._replace(operation=counter)


@lru_cache(maxsize=256)
def answer_type(method: str, accept: bytes) -> str:
    """Returns the media type of the response. Raises NotAcceptable."""
    if accept in (b"", b"*/*"):
        return JSON
    # If the client prefers several types equally, `best_type` returns the last one.
    offered = [JSON, GRAPHQL_RESPONSE]
    if method != "HEAD":
        offered.insert(0, EVENT_STREAM)
    offered.insert(0, CSV)
    if method in ("GET", "HEAD"):
        offered.append(HTML)
    best = best_type(offered, accept.decode("latin-1"))
    if not best:
        raise NotAcceptable(f"Available media types: {', '.join(offered)}; accept one of them.")
    return best


def _observe_if_asked(scope: Scope, headers: RequestHeaders) -> None:
    """Makes the context before the first stage if the client requests the timing of stages."""
    if b"timing" in included_parts(headers[INCLUDE]):
        context_of(scope)


def _context_of(
    scope: Scope, receive: Receive, headers: RequestHeaders, caller: Caller, content: bytes
) -> RequestContext:
    context = context_of(scope, headers)
    context.caller = caller
    context.until_closed = until_closed(receive)
    if REVISION in headers:
        context.seen = revision_seen(headers[REVISION])
    if b"idempotency-key" in headers:
        context.make_idempotent(headers[b"idempotency-key"].decode("latin-1"), content)
    return context


def _accepts_stream(headers: RequestHeaders) -> bool:
    accept = headers.get(b"accept", b"")[:HEADER_MOST].decode("latin-1")
    return EVENT_STREAM in accept.lower() and bool(best_type([EVENT_STREAM], accept))


# --- reply --------------------------------------------------------------------------------------


def _with_revision(answer: Answer) -> Answer:
    """Returns the answer with its revision in the body."""
    extensions = b',"extensions":{"revision":%d}}' % answer.revision
    return answer._replace(body=answer.body[:-1] + extensions)


def _reply_to(method: str, media_type: str, answer: Answer) -> Reply:
    """Returns the reply with an answer. A reply to GET has an entity tag."""
    body, revision, _, operation, *_ = answer
    headers = _headers(method, media_type, 200, revision)
    if answer.as_of is not None:
        headers = (*headers, (AS_OF, b"%d" % answer.as_of))
    if method == "POST":
        # `messages_of` written out: this is the shortest path, and each call counts.
        length = (b"content-length", b"%d" % len(body))
        start = {"type": "http.response.start", "status": 200, "headers": (*headers, length)}
        return Reply(start, {"type": "http.response.body", "body": body}, "", operation)
    tag = entity_tag(body)
    headers = (*headers, (b"etag", tag.encode()), (b"cache-control", b"no-cache"))
    return Reply(*messages_of(200, body, headers), tag, operation)


def _error_reply(
    error: AllyGraphError, context: RequestContext, method: str, media_type: str
) -> Reply:
    # In a response of application/json, an error in the document has the status 200.
    is_answered = isinstance(error, QueryError) and media_type == JSON
    status = 200 if is_answered else error.status
    headers = _headers(method, media_type, status, None) + error_pairs(error)
    return Reply(*messages_of(status, error_response(error, context), headers))


def _for_request(scope: Scope, headers: RequestHeaders, reply: Reply) -> Reply:
    """Adds the headers for this request alone to a copy: the reply itself may be cached."""
    if reply.tag and _IF_NONE_MATCH in headers:
        known = header_list(scope["headers"], _IF_NONE_MATCH)
        reply = _not_modified(reply) if is_known(reply.tag, known) else reply
    if CONTEXT not in scope and REQUEST_ID not in headers:
        return reply
    context = context_of(scope)
    if not context.code:
        # An error has already set the operation, if it is known.
        context.operation = context.operation or reply.operation.name
    own_headers = context_headers(context)
    if not own_headers:
        return reply
    all_headers = (*reply.start["headers"], *own_headers)
    return reply._replace(start={**reply.start, "headers": all_headers})


def _not_modified(reply: Reply) -> Reply:
    """Returns the reply without the body, which the client has."""
    headers = tuple(pair for pair in reply.start["headers"] if pair[0] != b"content-length")
    start, body = messages_of(304, b"", headers)
    return reply._replace(start=start, body=body)


@lru_cache(maxsize=256)
def _headers(method: str, media_type: str, status: int, revision: int | None) -> Headers:
    headers = [(b"content-type", f"{media_type}; charset=utf-8".encode())]
    if revision is not None:
        headers.append((REVISION, b"%d" % revision))
    if method != "POST":
        # A response to POST is not cached, so it needs no Vary.
        headers.append((b"vary", b"accept, authorization, allygraph-as-of, allygraph-include"))
    if status == MethodNotAllowed.status:
        headers.append((b"allow", b"GET, HEAD, POST"))
    if method != "POST" or status != 200:
        headers += ANSWER_PAIRS
    return tuple(headers)
