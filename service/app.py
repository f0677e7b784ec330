"""The only wiring: settings in, an ASGI application out."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from fastapi import FastAPI

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


def create_app(settings: Settings) -> Application:
    """The application on the database that the settings name. Raises StartError."""
    # What can fail goes first, so that nothing is left open.
    path, documents, pages = (
        check_database(settings.database_url),
        Documents(graphql_schema(), settings),
        Pages(),
    )
    executor, writer, dialect = Executor(path, settings.seconds), Writer(settings), SQLite()
    by_digest = token_by_digest(dialect)
    guard = Guard(settings, lambda digest: executor.find(by_digest, {"digest": digest}))

    mutations = Mutations(settings, dialect, writer, documents.schema)
    questions = Questions(settings, dialect, executor, documents, mutations)
    cache = AnswerCache(settings.cache_bytes)
    subscriptions = Subscriptions(settings, dialect, executor, documents, questions, cache)
    live = Live(subscriptions, Revisions(executor.newest_revision), settings.subscriptions)
    streams = EventStreams(settings, live, guard.reader)
    graphql = GraphQLOverHTTP(settings, guard, questions, streams, cache, pages)
    sockets = WebSocketGraphQL(settings, live, guard.reader)

    def close() -> None:
        writer.close()
        executor.close()

    framework = FastAPI(title="AllyGraph", docs_url=None, redoc_url=None, lifespan=_closing(close))
    _add_routes(framework, settings, executor, writer, cache, Authorization(guard))
    framework.mount("/assets", pages.assets)
    framework.mount("/docs", pages.swagger)
    answer_problems(framework)
    framework.openapi = document  # type: ignore[method-assign]
    return Application(graphql, sockets, framework, live, close)


def _add_routes(
    framework: FastAPI,
    settings: Settings,
    executor: Executor,
    writer: Writer,
    cache: AnswerCache,
    access: Authorization,
) -> None:
    dialect = SQLite()
    resources = Resources(settings, dialect, executor)
    writing = ResourceWriting(settings, dialect, writer)
    framework.include_router(health_routes(executor))
    framework.include_router(rest_routes(resources, cache, access.reader))
    framework.include_router(rest_writing_routes(settings, writing, access.editor))
    framework.include_router(token_routes(settings, access))


def _closing(close: Callable[[], None]) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        log.info(Event.STARTED)
        yield
        close()
        log.info(Event.STOPPED)

    return lifespan
