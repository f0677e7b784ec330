"""Notices that the token of an open stream or socket is no longer valid, also while it is quiet."""

import asyncio
from collections.abc import Awaitable, Callable

from service.errors import AllyGraphError, Unauthenticated
from service.request.caller import Caller

# A revoked or expired token ends what is open within a minute.
CHECK_SECONDS = 30.0


async def token_fault(caller: Callable[[], Awaitable[Caller]]) -> Unauthenticated:
    """Waits until the client is no longer authenticated, and returns the reason.

    `caller` authenticates it again. While the database is unavailable nothing is known.
    """
    while True:
        await asyncio.sleep(CHECK_SECONDS)
        try:
            await caller()
        except Unauthenticated as error:
            return error
        except AllyGraphError:
            continue
