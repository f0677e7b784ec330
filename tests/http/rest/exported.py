"""Exports as their clients read them."""

import asyncio
import csv
import io
import json
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import httpx

from service.http.extensions import ABORT
from tests.http.editing import Editor

Send = Callable[..., httpx.Response]
Json = dict[str, Any]

HOSTILE = [
    '=HYPERLINK("http://example.org","x")',
    "+1",
    "-1",
    "@SUM(A1)",
    "＝1",
    "'=1",
    'He said "no", twice',
    "a,b;c|d",
    "first line\nsecond line",
    "Ωμέγα – 乌克兰 – أوكرانيا 🇺🇦",
    "x" * 200,
]


def table(text: str) -> list[dict[str, str]]:
    """Returns the rows of a CSV file, read by the standard library."""
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def lines(text: str) -> list[Json]:
    return [json.loads(line) for line in text.splitlines()]


def everything(send: Send, address: str) -> list[Json]:
    """Returns all records at an address, page by page, as REST returns them."""
    records: list[Json] = []
    page = send("GET", address).raise_for_status()
    while True:
        records += page.json()["data"]
        if "next" not in page.links:
            return records
        page = send("GET", page.links["next"]["url"]).raise_for_status()


def leaves(record: Json, path: str = "") -> Iterator[tuple[str, Any]]:
    """Yields the single values of a record, each with its path in `fields`."""
    for name, value in record.items():
        if isinstance(value, dict):
            yield from leaves(value, f"{path}{name}.")
        elif not isinstance(value, list):
            yield f"{path}{name}", value


def in_cell(value: Any) -> str:
    """Returns a value in the form of a cell that the guide describes."""
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value).lower()
    text = str(value)
    is_formula = text.lstrip("'")[:1] in set("=+-@＝＋－＠\t\r\n") - {""}
    return f"'{text}" if is_formula and text.lstrip("'") else text


# --- many pages, one revision -------------------------------------------------------------------


def add_actors(editor: Editor, count: int, start: int = 0) -> None:
    new = (
        {"create": "actor", "slug": f"many-{n:05}", "name": f"Many {n}", "kind": "PERSON"}
        for n in range(start, start + count)
    )
    body = "".join(json.dumps(each) + "\n" for each in new)
    headers = {"content-type": "application/x-ndjson"}
    answer = editor.send("POST", "/api/v1/bulk", content=body, headers=headers)
    assert answer.status_code == 200, answer.text[-500:]


MANY = "slug.startsWith=many-&orderBy=-slug&fields=slug,name"


async def nothing(_: int) -> None:
    """Does nothing between two chunks."""


class Reader:
    """A client that calls the application, and sees each message."""

    def __init__(
        self, between: Callable[[int], Awaitable[None]] = nothing, token: str = ""
    ) -> None:
        """`between`: awaited before the chunk with this number is taken."""
        self._token = token
        self.chunks: list[bytes] = []
        self.is_complete = False
        self.is_aborted = False
        self._between = between

    def read(self, editor: Editor, address: str) -> bytes:
        """Returns the body of a response, as far as it arrives."""
        path, _, query = address.partition("?")
        scope = {
            "type": "http",
            "method": "GET",
            "path": path,
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "headers": [
                (b"host", b"a.test"),
                *([(b"authorization", f"Bearer {self._token}".encode())] if self._token else []),
            ],
            "scheme": "http",
            "server": ("a.test", 80),
            "http_version": "1.1",
            "state": {ABORT: self._abort},
        }
        editor.run(editor.app(scope, self._receive, self._send))
        return b"".join(self.chunks)

    def _abort(self) -> None:
        self.is_aborted = True

    async def _receive(self) -> Json:
        await asyncio.Event().wait()
        raise AssertionError

    async def _send(self, message: Any) -> None:
        if message["type"] == "http.response.body":
            await self._between(len(self.chunks))
            self.chunks.append(message["body"])
            self.is_complete = not message.get("more_body", False)
