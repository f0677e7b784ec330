"""Errors over REST: `application/problem+json` (RFC 9457), with the codes GraphQL has too."""

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from service.errors import AllyGraphError, MethodNotAllowed, NotFound, Unexpected
from service.events import Event, log

MEDIA_TYPE = "application/problem+json"


def problem(error: AllyGraphError, headers: dict[str, str] | None = None) -> JSONResponse:
    """An error as a problem document."""
    content = {
        "type": "about:blank",
        "title": error.title,
        "status": error.status,
        "detail": error.message,
        "code": error.code,
    }
    return JSONResponse(content, error.status, headers, media_type=MEDIA_TYPE)


def answer_problems(app: FastAPI) -> None:
    """Makes every error of the framework's routes a problem document."""

    @app.exception_handler(AllyGraphError)
    async def _ours(_: Request, error: AllyGraphError) -> JSONResponse:
        return problem(error)

    @app.exception_handler(HTTPException)
    async def _routing(request: Request, error: HTTPException) -> JSONResponse:
        if error.status_code == MethodNotAllowed.status:
            refused = MethodNotAllowed(f"{request.url.path} does not take {request.method}.")
            return problem(refused, dict(error.headers or {}))
        return problem(NotFound(f"There is nothing at {request.url.path}; see /docs."))

    @app.exception_handler(Exception)
    async def _fault(request: Request, error: Exception) -> JSONResponse:
        log.error(Event.FAULT, path=request.url.path, exc_info=error)
        return problem(Unexpected("Something went wrong here; the log says what."))
