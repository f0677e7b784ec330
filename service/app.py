"""The only wiring: settings in, an ASGI application out."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from fastapi import FastAPI

from service.database import check_database
from service.events import Event, log
from service.execute import Executor
from service.http.graphql import GraphQLOverHTTP
from service.http.health import health_routes
from service.http.messages import Receive, Scope, Send
from service.http.openapi import document
from service.http.pages import Pages
from service.http.problems import answer_problems
from service.http.rest import rest_routes
from service.questions import Questions
from service.resources import Resources
from service.settings import Settings
from service.sql.sqlite import SQLite


class Application:
    """GraphQL is answered before the framework is reached, everything else by the framework."""

    def __init__(self, graphql: GraphQLOverHTTP, framework: FastAPI, executor: Executor) -> None:
        """Both share one executor; the framework's lifespan closes it."""
        self._graphql = graphql
        self._framework = framework
        self._executor = executor

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        """One connection, or the lifespan: what is to be awaited is the chosen side's own."""
        if scope["type"] == "http" and scope["path"] == "/graphql":
            return self._graphql(scope, receive, send)
        return self._framework(scope, receive, send)

    def close(self) -> None:
        """Closes the database; the lifespan does it where there is one."""
        self._executor.close()


def create_app(settings: Settings) -> Application:
    """The application on the database that the settings name. Raises StartError."""
    executor = Executor(check_database(settings.database_url), settings.seconds)
    dialect, pages = SQLite(), Pages()
    framework = FastAPI(
        title="AllyGraph", docs_url=None, redoc_url=None, lifespan=_closing(executor)
    )
    framework.include_router(health_routes(executor))
    framework.include_router(rest_routes(Resources(settings, dialect, executor)))
    framework.mount("/assets", pages.assets)
    framework.mount("/docs", pages.swagger)
    answer_problems(framework)
    framework.openapi = document  # type: ignore[method-assign]
    graphql = GraphQLOverHTTP(settings, Questions(settings, dialect, executor), pages)
    return Application(graphql, framework, executor)


def _closing(executor: Executor) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        log.info(Event.STARTED)
        yield
        executor.close()
        log.info(Event.STOPPED)

    return lifespan
