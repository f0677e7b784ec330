"""The only wiring: settings in, an ASGI application out."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial
from typing import NamedTuple

from fastapi import APIRouter, FastAPI
from starlette.types import ASGIApp

from schema.graphql.schema import graphql_schema
from service.auth.callers import Guard
from service.auth.tokens import token_by_digest
from service.database import Database, database_at
from service.database.concurrency_limit import query_limit
from service.database.executor import Executor, open_executor
from service.documents.documents import Documents
from service.engine.answer_cache import AnswerCache
from service.engine.bounded_executor import BoundedExecutor
from service.engine.live import Live, Revisions
from service.engine.mutations import Mutations
from service.engine.queries import Queries
from service.engine.rest_reads import RestReads
from service.engine.rest_writes import RestWrites
from service.engine.subscriptions import Subscriptions
from service.http.asgi import Receive, Scope, Send
from service.http.authorization import Authorization
from service.http.client_identity import Clients
from service.http.graphql.endpoint import GraphQLOverHTTP
from service.http.graphql.sse import EventStreams
from service.http.graphql.websocket import WebSocketGraphQL
from service.http.health import health_routes
from service.http.metrics import metrics_routes
from service.http.middleware.request_metrics import RequestMetrics
from service.http.middleware.stack import MiddlewareStack
from service.http.openapi.document import document
from service.http.pages import Pages
from service.http.problems import answer_problems
from service.http.rest.reading import rest_routes
from service.http.rest.tokens import token_routes
from service.http.rest.writing import rest_write_routes
from service.observability.counters import Counters
from service.observability.log import Event, log
from service.observability.metrics import state_of
from service.observability.worker_counters import WorkerCounters, WorkerSlot
from service.settings import Settings
from service.writing.writer import Writer

_UNDER_WAY = "Questions that wait for the database."


class Application:
    """GraphQL is answered before the framework is reached, everything else by the framework."""

    def __init__(
        self,
        graphql: GraphQLOverHTTP,
        sockets: WebSocketGraphQL,
        framework: ASGIApp,
        live: Live,
        close: Callable[[], Awaitable[None]],
        counts: WorkerCounters | None = None,
    ) -> None:
        """All share one database; the framework's lifespan closes it."""
        self.counts = counts
        # What a server is to call: the application behind what stands before it.
        self.edge: ASGIApp = self
        self._graphql = graphql
        self._sockets = sockets
        self._framework = framework
        self.live = live
        self.close = close

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        """One connection, or the lifespan: what is to be awaited is the chosen side's own."""
        if scope["type"] == "http" and scope["path"] == "/graphql":
            return self._graphql(scope, receive, send)
        if scope["type"] == "websocket" and scope["path"] == "/graphql":
            return self._sockets(scope, receive, send)
        return self._framework(scope, receive, send)


class _Store(NamedTuple):
    """One database: who reads it, who writes it, and who knows its newest revision."""

    database: Database
    executor: Executor
    writer: Writer
    revisions: Revisions
    measures: Counters
    # For questions that clients wait for, of which there may be so many at a time.
    asked: Executor

    @classmethod
    def open(cls, settings: Settings) -> "_Store":
        """The database that the settings name. Raises StartError."""
        database = database_at(settings.database_url)
        database.check()
        executor = open_executor(database, settings)
        revisions = Revisions(executor.newest_revision)
        executor.when_written(revisions.wake)
        measures = Counters()
        writer = Writer(database, settings, executor.hear, measures.write)
        places = query_limit(settings.questions)
        measures.watch("questions_under_way", _UNDER_WAY, "sum", lambda: places.taken)
        asked = BoundedExecutor(executor, places)
        return cls(database, executor, writer, revisions, measures, asked)

    async def close(self) -> None:
        """Lets the write that is under way end."""
        await asyncio.to_thread(self.writer.close)
        await self.executor.close()


def create_app(settings: Settings, place: WorkerSlot | None = None) -> Application:
    """The application on the database that the settings name. Raises StartError.

    `place`: that of this process, where several share a socket.
    """
    # What can fail goes first, so that nothing is left open.
    documents, pages, edge = (
        Documents(graphql_schema(), settings),
        Pages(),
        MiddlewareStack(settings),
    )
    store, cache = _Store.open(settings), AnswerCache(settings.cache_bytes)
    database, executor, writer, revisions, measures, asked = store
    dialect = database.dialect
    executor.when_interrupted(cache.clear)

    by_digest = token_by_digest(dialect)
    clients = Clients(settings.requests_per_minute)
    find = clients.remembering(lambda digest: executor.find(by_digest, {"digest": digest}))
    guard = Guard(settings, find)
    mutations = Mutations(settings, dialect, writer, documents.schema)
    questions = Queries(settings, dialect, asked, documents, mutations, measures)
    subscriptions = Subscriptions(settings, dialect, executor, documents, questions, cache)
    most_each = settings.client_subscriptions
    live = Live(subscriptions, revisions, settings.subscriptions, measures, most_each)
    streams = EventStreams(settings, live, guard.reader, clients)
    graphql = GraphQLOverHTTP(settings, guard, questions, streams, cache, pages)
    sockets = WebSocketGraphQL(settings, live, guard.reader, clients)

    framework = FastAPI(title="AllyGraph", docs_url=None, redoc_url=None, lifespan=_lifespan(store))
    framework.include_router(health_routes(executor))
    for router in _rest(settings, store, cache, Authorization(guard)):
        framework.include_router(router)
    _watch(measures, executor, cache)
    measures.expect(documents.known_operations)
    counts = None if place is None else WorkerCounters(measures, place)
    state = partial(state_of, measures) if counts is None else counts.state
    framework.include_router(metrics_routes(measures, state, Authorization(guard).reader))
    framework.mount("/assets", pages.assets)
    framework.mount("/docs", pages.swagger)
    answer_problems(framework)
    framework.openapi = document  # type: ignore[method-assign]
    app = Application(
        graphql, sockets, RequestMetrics(framework, measures), live, store.close, counts
    )
    app.edge = edge.around(app, clients, measures)
    return app


def _watch(measures: Counters, executor: Executor, cache: AnswerCache) -> None:
    """What stands somewhere whenever it is looked at."""
    measures.watch("revision", "The newest revision known.", "max", executor.newest_revision)
    measures.watch("cached_bytes", "Bytes of answers kept.", "sum", lambda: cache.size)
    measures.watch("workers", "Processes that answer.", "sum", lambda: 1)
    measures.watch_servers(executor.servers)


def _rest(
    settings: Settings, store: _Store, cache: AnswerCache, access: Authorization
) -> Iterator[APIRouter]:
    dialect = store.database.dialect
    resources = RestReads(settings, dialect, store.asked, store.measures)
    writing = RestWrites(settings, dialect, store.writer)
    yield rest_routes(resources, cache, access.reader)
    yield rest_write_routes(settings, writing, access.editor)
    yield token_routes(settings, store.database, access)


def _lifespan(store: _Store) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await store.executor.start()
        log.info(Event.STARTED)
        yield
        await store.close()
        log.info(Event.STOPPED)

    return lifespan
