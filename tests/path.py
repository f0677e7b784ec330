"""The path of a request: the files and functions that it enters, in order.

`python -m tests.path` (`make path`) sends a few requests to a new application on SQLite with the
bundled data sets, and prints for each a list to read along with the code. It counts the functions
of `service` and `schema` that are called during the request, and no libraries.
"""

import asyncio
import json
import sys
import tempfile
import textwrap
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType, FrameType
from typing import Any, NamedTuple

from schema.migrations import upgrade
from seeds import bundled
from seeds.loader import load
from service.app import Application, create_app
from service.auth.callers import Role
from service.auth.new_token import NewToken
from service.auth.tokens import create_token, token_transaction
from service.database import Database, database_at
from service.settings import Settings

ROOT = Path(__file__).parent.parent
_COUNTED = tuple(f"{ROOT / package}/" for package in ("service", "schema"))

_QUERY = """query Drones($recipient: String!) {
  supports(where: {recipient: {slug: {eq: $recipient}}, kind: {eq: DRONES}}, first: 3) {
    nodes { kind startedOn supporter { slug name } }
    pageInfo { hasNextPage endCursor }
  }
}"""
_MUTATION = """mutation {
  createActor(input: {slug: "ruritania", name: "Ruritania", kind: STATE}) {
    actor { id name }
    errors { path code message }
  }
}"""


class Request(NamedTuple):
    """A request, and the expected status."""

    name: str
    method: str
    path: str
    query_string: str = ""
    body: Any = None
    status: int = 200
    writes: bool = False


def requests() -> tuple[Request, ...]:
    """The traced requests. The second repeats the first with another value of its variable."""
    first, second = (
        {"query": _QUERY, "variables": {"recipient": slug}} for slug in ("russia", "ukraine")
    )
    listed = "recipient.slug=russia&first=3"
    made = {"slug": "graustark", "name": "Graustark", "kind": "STATE"}
    return (
        Request("first query", "POST", "/graphql", body=first),
        Request("query with other values", "POST", "/graphql", body=second),
        Request("repeated query", "POST", "/graphql", body=second),
        Request("mutation", "POST", "/graphql", body={"query": _MUTATION}, writes=True),
        Request("REST read", "GET", "/api/v1/supports", listed),
        Request("REST write", "POST", "/api/v1/actors", body=made, status=201, writes=True),
    )


@dataclass
class RequestPath:
    """The entered files in order, each with its functions in order."""

    name: str
    files: dict[str, dict[str, None]] = field(default_factory=dict)

    @property
    def functions(self) -> int:
        """The number of functions."""
        return sum(map(len, self.files.values()))

    @property
    def lines(self) -> int:
        """The total number of lines of the files."""
        return sum(len((ROOT / file).read_text().splitlines()) for file in self.files)

    def enter(self, code: CodeType) -> None:
        """Records a called function, except the bodies of imported modules and classes."""
        is_ours = code.co_filename.startswith(_COUNTED)
        if is_ours and code.co_name != "<module>":
            file = code.co_filename.removeprefix(f"{ROOT}/")
            functions = self.files.setdefault(file, {})
            # A nested function (a lambda, a comprehension) counts as a part of the outer one.
            functions[code.co_qualname.partition(".<locals>")[0]] = None

    def __str__(self) -> str:
        head = f"A {self.name}: {len(self.files)} files, {self.functions} functions, "
        files = (f"  {file}\n{_wrapped(functions)}" for file, functions in self.files.items())
        return "\n".join([f"{head}{self.lines} lines", *files])


def _wrapped(functions: dict[str, None]) -> str:
    margin = " " * 6
    return textwrap.fill(", ".join(functions), 100, initial_indent=margin, subsequent_indent=margin)


class Tracer:
    """Traces calls, in this thread and in threads that start meanwhile.

    A thread is traced until it ends, so all traces share one tracer.
    """

    def __init__(self) -> None:
        self._path: RequestPath | None = None

    def _enter(self, frame: FrameType, event: str, _: Any) -> None:
        if event == "call" and self._path is not None:
            self._path.enter(frame.f_code)

    @contextmanager
    def following(self, path: RequestPath) -> Iterator[None]:
        """Adds the calls within the block to this path."""
        self._path = path
        threading.settrace(self._enter)
        sys.settrace(self._enter)
        try:
            yield
        finally:
            sys.settrace(None)
            self._path = None


async def _send(app: Application, request: Request, token: str) -> None:
    """Sends one request to the application, as a server does."""
    body = b"" if request.body is None else json.dumps(request.body).encode()
    headers = [(b"host", b"localhost")]
    if request.writes:
        headers.append((b"authorization", f"Bearer {token}".encode()))
    if body:
        headers.append((b"content-type", b"application/json"))
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": request.method,
        "scheme": "http",
        "path": request.path,
        "raw_path": request.path.encode(),
        "query_string": request.query_string.encode(),
        "root_path": "",
        "headers": headers,
        "client": ("127.0.0.1", 50_000),
        "server": ("127.0.0.1", 8000),
    }
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    await app.edge(scope, receive, send)
    if sent[0]["status"] != request.status or b'"errors":[{' in sent[1]["body"]:
        raise RuntimeError(f"{request.name}: {sent[0]['status']} {sent[1]['body'][:500]!r}")


def paths(folder: Path) -> list[RequestPath]:
    """Returns the path of each request. `folder`: for the database."""
    database = database_at(f"sqlite:///{folder / 'allygraph.db'}")
    token = _filled(database)
    found, tracer = list[RequestPath](), Tracer()

    async def send_all() -> None:
        app = create_app(Settings(database_url=f"sqlite:///{folder / 'allygraph.db'}"))
        for request in requests():
            path = RequestPath(request.name)
            with tracer.following(path):
                await _send(app, request, token)
            found.append(path)
        await app.close()

    asyncio.run(send_all())
    return found


def _filled(database: Database) -> str:
    """Creates the data, and returns the token of an editor."""
    engine = database.engine()
    upgrade(engine)
    for data_set in bundled():
        load(engine, data_set)
    engine.dispose()
    with token_transaction(database) as connection:
        return create_token(connection, NewToken("editor", Role.EDITOR)).secret


def main() -> None:
    """Prints every path, or with `--counts` the number of files of each as JSON."""
    with tempfile.TemporaryDirectory() as folder:
        found = paths(Path(folder))
    if "--counts" in sys.argv:
        print(json.dumps({path.name: len(path.files) for path in found}))
    else:
        print(*found, sep="\n\n")


if __name__ == "__main__":
    main()
