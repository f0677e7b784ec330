"""The pages for browsers: the explorer, GraphiQL and Swagger UI, built from `web/`.

The pages load nothing from other servers.
"""

from pathlib import Path

from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from service.errors import StartError
from service.http.security_headers import ANSWER_HEADERS, PAGE_HEADERS

FOLDER = Path(__file__).parent / "built"

_PAGE_HEADERS = {**PAGE_HEADERS, "cache-control": "no-cache", "vary": "accept"}
_ASSET_HEADERS = {
    # The names of these files change with their content.
    "cache-control": "public, max-age=31536000, immutable",
    **ANSWER_HEADERS,
}


class Pages:
    """The built pages and their assets."""

    def __init__(self, folder: Path = FOLDER) -> None:
        """Raises StartError if the pages have not been built."""
        if not (folder / "explorer.html").is_file():
            raise StartError("The web pages are not built: run `python web/build.py`.")
        self.explorer, self.headers = folder / "explorer.html", _PAGE_HEADERS
        self.graphiql = _page(folder / "graphiql.html")
        self.swagger = _page(folder / "swagger.html")
        (self.icon,) = (folder / "assets").glob("favicon-*.svg")
        self.assets: ASGIApp = GZipMiddleware(_Assets(directory=folder / "assets"))


class _Assets(StaticFiles):
    """Serves files that never change under their name."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers.update(_ASSET_HEADERS)
        return response


def _page(file: Path) -> ASGIApp:
    async def page(scope: Scope, receive: Receive, send: Send) -> None:
        response = FileResponse(file, media_type="text/html", headers=_PAGE_HEADERS)
        await response(scope, receive, send)

    return page
