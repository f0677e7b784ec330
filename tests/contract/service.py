"""The whole application as schemathesis calls it, at a copy of the bundled data."""

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

# Nobody is refused for asking often: that is tested elsewhere, and here it would hide the rest.
# The requests are invented in the same process, so an answer may take long.
UNHURRIED = Settings(requests_per_minute=0, log_level="error", seconds=60)


class Service(NamedTuple):
    """`token` is an administrator's, for which nothing is forbidden."""

    application: "Application"
    token: str


class Application:
    """Plainly a coroutine function: by that schemathesis tells ASGI from WSGI.

    The token that it asks with can't be revoked: it would learn no more from then on.
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
    """Whatever is written goes into this database."""
    with token_transaction(database_of(database)) as connection:
        kept, secret = create_token(connection, NewToken("ada", Role.ADMIN))
    settings = UNHURRIED.model_copy(update={"database_url": url_of(database)})
    try:
        yield Service(Application(settings, kept.id), secret)
    finally:
        # It was started by the first request, on an event loop of schemathesis.
        shutdown_lifespans()
