"""Whether the service lives, and whether it can answer."""

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from service.database.executor import Executor, Prepared
from service.errors import AllyGraphError
from service.http.problems import problem
from service.sql.binding import Statement

_READS = ["GET", "HEAD"]
_ASK = Prepared((Statement("SELECT max(number) FROM revision", (), ()),))


def health_routes(executor: Executor) -> APIRouter:
    """`/healthz` for whoever restarts the process, `/readyz` for whoever sends it requests."""
    router = APIRouter(tags=["health"])

    @router.api_route("/healthz", methods=_READS, summary="Whether the process lives")
    async def healthz() -> dict[str, str]:
        return {"status": "ok"}

    @router.api_route(
        "/readyz",
        methods=_READS,
        summary="Whether the database answers",
        responses={503: {"description": "The database does not answer"}},
        response_model=None,
    )
    async def readyz() -> dict[str, str | int] | JSONResponse:
        try:
            ((revision,),) = await executor.run_anew(_ASK, {})
        except AllyGraphError as error:
            return problem(error)
        return {"status": "ok", "revision": revision}

    return router
