"""Whether the process is alive, and whether it can answer."""

from collections.abc import Awaitable, Callable

from fastapi import APIRouter

from service.errors import Stopping

_READS = ["GET", "HEAD"]


def health_routes(
    newest_revision: Callable[[], Awaitable[int]], is_draining: Callable[[], bool]
) -> APIRouter:
    """`/healthz` for a supervisor of the process, `/readyz` for a load balancer.

    `newest_revision` asks the database over a new connection; it may raise DatabaseUnavailable.
    `is_draining`: whether the process is about to stop.
    """
    router = APIRouter(tags=["health"])

    @router.api_route("/healthz", methods=_READS, summary="Whether the process lives")
    async def healthz() -> dict[str, str]:
        return {"status": "ok"}

    @router.api_route(
        "/readyz",
        methods=_READS,
        summary="Whether the database answers",
        responses={503: {"description": "The database does not answer, or the process will stop"}},
    )
    async def readyz() -> dict[str, str | int]:
        if is_draining():
            raise Stopping("The process is about to stop; send requests to another.")
        return {"status": "ok", "revision": await newest_revision()}

    return router
