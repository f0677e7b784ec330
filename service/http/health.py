"""Health checks: whether the process is alive, and whether it can serve requests."""

from collections.abc import Awaitable, Callable, Iterator

from starlette.requests import Request
from starlette.responses import JSONResponse

from service.errors import Stopping
from service.http.route import Route


def health_routes(
    newest_revision: Callable[[], Awaitable[int]], is_draining: Callable[[], bool]
) -> Iterator[Route]:
    """`/healthz` for a supervisor of the process, `/readyz` for a load balancer.

    `newest_revision`: reads from the database over a new connection; may raise DatabaseUnavailable.
    `is_draining`: whether the process is about to stop.
    """

    async def healthz(_: Request) -> JSONResponse:
        return JSONResponse({"status": "ok"})

    async def readyz(_: Request) -> JSONResponse:
        if is_draining():
            raise Stopping("The process is about to stop; send requests to another.")
        return JSONResponse({"status": "ok", "revision": await newest_revision()})

    yield Route("/healthz", healthz, methods=["GET"])
    yield Route("/readyz", readyz, methods=["GET"])
