"""The complete application as schemathesis calls it, on a copy of the bundled data."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from schemathesis.python.asgi import shutdown_lifespans

from service.app import create_app
from service.auth.callers import Role
from service.auth.new_token import NewToken
from service.auth.tokens import create_token, token_transaction
from service.http.asgi import Receive, Scope, Send
from service.settings import Settings
from tests.stores import database_of, url_of

# No rate limit, which other tests cover and which would hide other failures. A long time limit,
# because schemathesis generates the requests in the same process.
UNHURRIED = Settings(requests_per_minute=0, log_level="error", seconds=60)


class Service(NamedTuple):
    """An application, and the token of an admin, who may do everything."""

    application: "Application"
    token: str


class Application:
    """A coroutine function, by which schemathesis distinguishes ASGI from WSGI.

    Its token cannot be revoked, since all later requests would fail.
    """

    def __init__(self, settings: Settings, token_id: int) -> None:
        self._application = create_app(settings).edge
        self._token = f"/api/v1/tokens/{token_id}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope.get("path") == self._token:
            scope = {**scope, "path": "/api/v1/tokens/0"}
        await self._application(scope, receive, send)


@contextmanager
def service_at(database: Path) -> Iterator[Service]:
    """Yields a service that writes to this database."""
    with token_transaction(database_of(database)) as connection:
        kept, secret = create_token(connection, NewToken("ada", Role.ADMIN))
    settings = UNHURRIED.model_copy(update={"database_url": url_of(database)})
    try:
        yield Service(Application(settings, kept.id), secret)
    finally:
        # The first request started the lifespan, on an event loop of schemathesis.
        shutdown_lifespans()
