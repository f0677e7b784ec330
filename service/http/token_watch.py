"""Detects that the token of an open stream or socket becomes invalid, even without events."""

import asyncio
from collections.abc import Awaitable, Callable

from service.errors import AllyGraphError, Unauthenticated
from service.request.caller import Caller

# The interval bounds how long a connection outlives its token: less than a minute.
CHECK_SECONDS = 30.0


async def token_fault(caller: Callable[[], Awaitable[Caller]]) -> Unauthenticated:
    """Waits until the client is no longer authenticated, and returns the reason.

    `caller`: authenticates the client again. While the database is unavailable the wait continues.
    """
    while True:
        await asyncio.sleep(CHECK_SECONDS)
        try:
            await caller()
        except Unauthenticated as error:
            return error
        except AllyGraphError:
            continue
