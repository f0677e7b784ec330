"""The only wiring: settings in, an ASGI application out."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import NamedTuple

from fastapi import APIRouter, FastAPI

from schema.graphql.schema import graphql_schema
from service.auth import Guard
from service.cache import AnswerCache
from service.database import check_database
from service.documents import Documents
from service.events import Event, log
from service.execute import Executor
from service.http.authorization import Authorization
from service.http.event_stream import EventStreams
from service.http.graphql import GraphQLOverHTTP
from service.http.health import health_routes
from service.http.messages import Receive, Scope, Send
from service.http.openapi import document
from service.http.pages import Pages
from service.http.problems import answer_problems
from service.http.rest import rest_routes
from service.http.rest_writing import rest_writing_routes
from service.http.token_routes import token_routes
from service.http.websocket import WebSocketGraphQL
from service.live import Live, Revisions
from service.mutations import Mutations
from service.questions import Questions
from service.resource_writing import ResourceWriting
from service.resources import Resources
from service.settings import Settings
from service.sql.dialect import Dialect
from service.sql.sqlite import SQLite
from service.subscriptions import Subscriptions
from service.tokens import token_by_digest
from service.writing.writer import Writer


class Application:
    """GraphQL is answered before the framework is reached, everything else by the framework."""

    def __init__(
        self,
        graphql: GraphQLOverHTTP,
        sockets: WebSocketGraphQL,
        framework: FastAPI,
        live: Live,
        close: Callable[[], None],
    ) -> None:
        """All share one database; the framework's lifespan closes it."""
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


class _Database(NamedTuple):
    """One database: who reads it, who writes it, and who knows its newest revision."""

    dialect: Dialect
    executor: Executor
    writer: Writer
    revisions: Revisions

    @classmethod
    def open(cls, settings: Settings) -> "_Database":
        """The database that the settings name. Raises StartError."""
        executor = Executor(check_database(settings.database_url), settings.seconds)
        revisions = Revisions(executor.newest_revision)
        return cls(SQLite(), executor, Writer(settings, revisions.wake), revisions)

    def close(self) -> None:
        """Lets the write that is under way end."""
        self.writer.close()
        self.executor.close()


def create_app(settings: Settings) -> Application:
    """The application on the database that the settings name. Raises StartError."""
    # What can fail goes first, so that nothing is left open.
    documents, pages = Documents(graphql_schema(), settings), Pages()
    database, cache = _Database.open(settings), AnswerCache(settings.cache_bytes)
    dialect, executor, writer, revisions = database

    by_digest = token_by_digest(dialect)
    guard = Guard(settings, lambda digest: executor.find(by_digest, {"digest": digest}))
    mutations = Mutations(settings, dialect, writer, documents.schema)
    questions = Questions(settings, dialect, executor, documents, mutations)
    subscriptions = Subscriptions(settings, dialect, executor, documents, questions, cache)
    live = Live(subscriptions, revisions, settings.subscriptions)
    streams = EventStreams(settings, live, guard.reader)
    graphql = GraphQLOverHTTP(settings, guard, questions, streams, cache, pages)
    sockets = WebSocketGraphQL(settings, live, guard.reader)

    framework = FastAPI(
        title="AllyGraph", docs_url=None, redoc_url=None, lifespan=_closing(database.close)
    )
    framework.include_router(health_routes(executor))
    for router in _rest(settings, database, cache, Authorization(guard)):
        framework.include_router(router)
    framework.mount("/assets", pages.assets)
    framework.mount("/docs", pages.swagger)
    answer_problems(framework)
    framework.openapi = document  # type: ignore[method-assign]
    return Application(graphql, sockets, framework, live, database.close)


def _rest(
    settings: Settings, database: _Database, cache: AnswerCache, access: Authorization
) -> Iterator[APIRouter]:
    resources = Resources(settings, database.dialect, database.executor)
    writing = ResourceWriting(settings, database.dialect, database.writer)
    yield rest_routes(resources, cache, access.reader)
    yield rest_writing_routes(settings, writing, access.editor)
    yield token_routes(settings, access)


def _closing(close: Callable[[], None]) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        log.info(Event.STARTED)
        yield
        close()
        log.info(Event.STOPPED)

    return lifespan
