"""Wires all parts together: takes the settings, returns an ASGI application."""

import gc
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial
from pathlib import Path

from fastapi import FastAPI
from starlette.types import ASGIApp

from service.auth.callers import Guard
from service.auth.tokens import token_by_digest
from service.engine.answer_cache import AnswerCache
from service.engine.bulk_writes import BulkWrites
from service.engine.citing.citations import Citations
from service.engine.engine import Engine
from service.engine.exporting.exports import Exports
from service.engine.live import Live, Revisions
from service.engine.queries import Queries
from service.engine.reconciling.reconciling import Reconciling
from service.engine.rest_reads import RestReads
from service.engine.rest_writes import RestWrites
from service.engine.subscriptions import Subscriptions
from service.http.asgi import Receive, Scope, Send
from service.http.assistants import assistant_routes
from service.http.authorization import Authorization
from service.http.client_identity import Clients
from service.http.graphql.endpoint import GraphQLOverHTTP
from service.http.graphql.sse import EventStreams
from service.http.graphql.websocket import WebSocketGraphQL
from service.http.health import health_routes
from service.http.metrics import metrics_routes
from service.http.middleware.rate_limit import RateLimiter
from service.http.middleware.request_metrics import RequestMetrics
from service.http.middleware.stack import MiddlewareStack
from service.http.openapi.document import document
from service.http.pages import Pages
from service.http.problems import answer_problems
from service.http.rest.bulk import bulk_routes
from service.http.rest.citing import cite_routes
from service.http.rest.exporting import Exporting, export_routes
from service.http.rest.file_extensions import extension_routes
from service.http.rest.network_files import NetworkFiles, network_file_routes
from service.http.rest.reading import rest_routes
from service.http.rest.reconciling import reconcile_routes
from service.http.rest.tokens import token_routes
from service.http.rest.writing import rest_write_routes
from service.http.start import start_routes
from service.observability.backups import last_backup_time
from service.observability.build_info import build_info
from service.observability.log import Event, log
from service.observability.metrics import state_of
from service.observability.process_metrics import process_gauges
from service.observability.worker_counters import WorkerCounters, WorkerSlot
from service.settings import Settings


class Application:
    """Dispatches `/graphql` without a framework, and everything else to the framework."""

    def __init__(
        self,
        graphql: GraphQLOverHTTP,
        sockets: WebSocketGraphQL,
        framework: ASGIApp,
        live: Live,
        close: Callable[[], Awaitable[None]],
        counts: WorkerCounters | None = None,
    ) -> None:
        """All parts share one engine; the lifespan of the framework closes it."""
        self.counts = counts
        # The entry point for a server: this application behind the middleware.
        self.edge: ASGIApp = self
        self._graphql = graphql
        self._sockets = sockets
        self._framework = framework
        self.live = live
        self.close = close

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        """Serves one connection, or the lifespan; returns the awaitable of the part that does."""
        if scope["type"] == "http" and scope["path"] == "/graphql":
            return self._graphql(scope, receive, send)
        if scope["type"] == "websocket" and scope["path"] == "/graphql":
            return self._sockets(scope, receive, send)
        return self._framework(scope, receive, send)


def create_app(settings: Settings, slot: WorkerSlot | None = None) -> Application:
    """The application on the database of the settings. Raises StartError.

    `slot`: the slot of this process, if several share a socket.
    """
    # The parts that may fail come first, so that a failure leaves nothing open.
    pages, middleware = Pages(), MiddlewareStack(settings)
    engine = Engine.open(settings)
    cache = AnswerCache(settings.cache_bytes)
    revisions = Revisions(engine.newest_revision)
    engine.executor.when_written(revisions.wake)
    engine.executor.when_interrupted(cache.clear)
    counts = None if slot is None else WorkerCounters(engine.counters, slot)

    clients = Clients(RateLimiter(settings.requests_per_minute).check)
    guard = _guard(engine, clients)
    queries = Queries(engine)
    live = _live(engine, queries, cache, revisions)
    streams = EventStreams(settings, live, guard.reader, clients)
    graphql = GraphQLOverHTTP(settings.body_bytes, guard, queries, streams, cache, pages)
    sockets = WebSocketGraphQL(settings, live, guard.reader, clients)
    framework = _framework(engine, cache, Authorization(guard), clients, pages, counts, live)

    _watch(engine, cache)
    counted = RequestMetrics(framework, engine.counters)
    app = Application(graphql, sockets, counted, live, engine.close, counts)
    app.edge = middleware.around(app, clients, engine.counters)
    return app


def _guard(engine: Engine, clients: Clients) -> Guard:
    """The guard, which looks tokens up in the database; `clients` remembers the valid ones."""
    by_digest = token_by_digest(engine.dialect)
    find = clients.remembering(lambda digest: engine.executor.find(by_digest, {"digest": digest}))
    return Guard(engine.settings, find)


def _live(engine: Engine, queries: Queries, cache: AnswerCache, revisions: Revisions) -> Live:
    """Subscriptions, and the limits of the connections that carry them."""
    settings = engine.settings
    return Live(
        Subscriptions(engine, queries, cache),
        revisions,
        settings.subscriptions,
        engine.counters,
        settings.client_subscriptions,
    )


def _framework(
    engine: Engine,
    cache: AnswerCache,
    authorization: Authorization,
    clients: Clients,
    pages: Pages,
    counts: WorkerCounters | None,
    live: Live,
) -> FastAPI:
    """Everything but GraphQL: REST, health, metrics and the pages."""
    reads, exporting = RestReads(engine), Exporting(Exports(engine), authorization, clients)
    files = NetworkFiles(reads, authorization)
    state = partial(state_of, engine.counters) if counts is None else counts.state
    routes = (
        *health_routes(engine.newest_on_new_connection, lambda: live.is_draining),
        *extension_routes(reads, authorization),
        *rest_routes(reads, cache, authorization, exporting, files.negotiated),
        *network_file_routes(files),
        *export_routes(exporting),
        *cite_routes(Citations(engine), authorization),
        *rest_write_routes(engine.settings, RestWrites(engine), authorization),
        *bulk_routes(engine.settings, BulkWrites(engine), authorization),
        *reconcile_routes(engine.settings, Reconciling(engine), authorization),
        *assistant_routes(engine, authorization),
        *token_routes(engine.settings, engine.database, authorization),
        *metrics_routes(engine.counters, state, authorization),
        *start_routes(engine.settings, pages, authorization),
    )
    app = FastAPI(
        title="AllyGraph",
        routes=list(routes),
        docs_url=None,
        redoc_url=None,
        # Starlette's redirects would lead to any name in `Host`: `http/problems.py` redirects.
        redirect_slashes=False,
        lifespan=_lifespan(engine),
    )
    app.mount("/assets", pages.assets)
    app.mount("/docs", pages.swagger)
    answer_problems(app)
    needs_token = engine.settings.read == "token"
    app.openapi = partial(document, reads_need_token=needs_token)  # type: ignore[method-assign]
    return app


def _watch(engine: Engine, cache: AnswerCache) -> None:
    """Adds the gauges, whose values are read when a client requests `/metrics`."""
    counters, executor = engine.counters, engine.executor
    counters.watch("revision", "The newest revision known.", "max", executor.newest_revision)
    counters.watch("cached_bytes", "Bytes of answers kept.", "sum", lambda: cache.size)
    counters.watch("workers", "Processes that answer.", "sum", lambda: 1)
    counters.watch_servers(executor.servers)
    counters.gauges += (
        *executor.gauges(),
        *process_gauges(),
        build_info(engine.settings.database_url),
    )
    if engine.settings.backup_folder:
        last = partial(last_backup_time, Path(engine.settings.backup_folder))
        counters.watch("last_backup_timestamp_seconds", _LAST_BACKUP, "max", last)
    counters.expect(engine.documents.known_operations)


_LAST_BACKUP = "When the newest complete backup was made, in seconds since 1970; 0: there is none."


def _lifespan(engine: Engine) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await engine.start()
        # Modules and schemas live as long as the process. Without them a full garbage collection
        # takes milliseconds, instead of a tenth of a second during which no request is served.
        gc.collect()
        gc.freeze()
        # The time that a thread waits for the interpreter while another computes; default: 5 ms.
        # The thread of the event loop waits several times in a request.
        sys.setswitchinterval(0.001)
        log.info(Event.STARTED)
        yield
        await engine.close()
        log.info(Event.STOPPED)

    return lifespan
