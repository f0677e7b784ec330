"""A page in Chromium, with its errors and its requests to other hosts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
from playwright.sync_api import Browser, Locator, Page, expect

SLOWEST = 60_000  # milliseconds: two busy cores parse the editor's three megabytes slowly

# Chromium sends no background requests and reaches no other host: the service must provide all that
# the pages need.
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]


@dataclass
class Visit:
    """A page, with its errors and its requests to other hosts."""

    page: Page
    origin: str
    errors: list[str] = field(default_factory=list)
    requested: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        self.page.goto(self.origin + path, wait_until="load")
        return self.page

    def ask(self, query: str) -> Any:
        """Returns the API's result, to compare the page with."""
        answer = httpx.post(f"{self.origin}/graphql", json={"query": query}, timeout=60)
        return answer.raise_for_status().json()["data"]

    @property
    def requested_elsewhere(self) -> list[str]:
        own = re.compile(rf"{re.escape(self.origin)}(/|$)|blob:|data:")
        return [address for address in self.requested if not own.match(address)]


@contextmanager
def visiting(
    browser: Browser, url: str, *, is_first: bool = False, **options: Any
) -> Iterator[Visit]:
    """Yields a visit to the service.

    `options`: options of the browser's context, such as `viewport`. `is_first`: whether the
    explorer shows its story, as on a first visit.
    """
    context = browser.new_context(**options)
    if not is_first:
        context.add_init_script("localStorage.setItem('allygraph:story', 'seen')")
    context.set_default_timeout(SLOWEST)
    visit = Visit(context.new_page(), url.rstrip("/"))
    # Registered on the context, so that the editor's workers are observed as well.
    context.on("request", lambda request: visit.requested.append(request.url))
    context.on("weberror", lambda error: visit.errors.append(str(error.error)))
    context.on(
        "console",
        lambda message: visit.errors.append(message.text) if message.type == "error" else None,
    )
    context.on(
        "response",
        lambda answer: (
            visit.errors.append(f"{answer.status} {answer.url}") if answer.status >= 400 else None
        ),
    )
    try:
        yield visit
    finally:
        context.close()


def operation_editor(page: Page) -> Locator:
    return page.get_by_role("region", name="Operation Editor")


def execute_button(page: Page) -> Locator:
    return page.get_by_role("button", name=re.compile("^Execute query"))


def open_graphiql(visit: Visit) -> Page:
    page = visit.open("/graphql")
    # The panels have content only after the editor and its schema have loaded.
    expect(operation_editor(page).locator(".view-line").first).to_be_visible()
    expect(execute_button(page)).to_be_visible()
    return page
