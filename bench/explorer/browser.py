"""The browser, and one page in it with a clock."""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from typing import Any

from playwright.sync_api import Browser, Page, Request, Route, ViewportSize, sync_playwright

from bench.errors import BenchError

# No graphics processor, as on most virtual desktops, and no background traffic.
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
_SIZE = ViewportSize(width=1400, height=900)
_SLOWEST = 60_000  # milliseconds
_CLOCK = resources.files(__package__).joinpath("clock.js").read_text()
_DRAG_SECONDS = 2
_QUIET_SECONDS = 0.5
_RADIUS = 60
# Shorter than a frame of any screen, so that the pointer moves in each frame.
_MILLISECONDS_BETWEEN_MOVEMENTS = 8


@contextmanager
def running() -> Iterator[Browser]:
    """Debian's Chromium."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        raise BenchError("The explorer is measured in Chromium (Debian: apt-get install chromium).")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=_FLAGS)
        try:
            yield browser
        finally:
            browser.close()


class ClockedPage:
    """A newly opened page, with the times at which it has drawn."""

    def __init__(self, page: Page) -> None:
        """Follows the requests of a page, whose context must be new and have the clock."""
        self.page = page
        self._underway: set[Request] = set()
        page.on("request", self._begin)
        page.on("requestfinished", self._end)
        page.on("requestfailed", self._end)

    def _begin(self, request: Request) -> None:
        # Requests of a document are never reported as finished after the next document loads. A
        # page that changes its address stays the same document.
        if request.is_navigation_request():
            self._underway.clear()
        self._underway.add(request)

    def _end(self, request: Request) -> None:
        self._underway.discard(request)

    def wait_until_quiet(self) -> None:
        """Waits until no request has been in progress for half a second.

        Playwright's `networkidle` fires once in the life of a document. Raises BenchError after a
        minute.
        """
        began = quiet_since = time.monotonic()
        while time.monotonic() - quiet_since < _QUIET_SECONDS:
            self.page.wait_for_timeout(50)
            if self._underway:
                quiet_since = time.monotonic()
            if quiet_since - began > _SLOWEST / 1000:
                waiting = ", ".join(request.url for request in self._underway)
                raise BenchError(f"The page waits for {waiting} after {_SLOWEST // 1000} seconds.")

    def first_drawn(self, address: str) -> float:
        """Opens an address. Returns the seconds until its network is drawn."""
        self.page.goto(address, wait_until="commit")
        return self._drawn(0) / 1000

    def drawn_after(self, action: Any) -> float:
        """Runs an action that changes the network. Returns the seconds until it is drawn."""
        before = int(self._value("clock.drawn.length"))
        action()
        return (self._drawn(before) - self._value("clock.acted")) / 1000

    def frames_while_dragging(self, x: float, y: float) -> float:
        """Returns the frames per second while the pointer drags what is at a point."""
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        frames = self.frames_while_moving(x, y)
        self.page.mouse.up()
        return frames

    def frames_while_moving(self, x: float, y: float) -> float:
        """Returns the frames per second while the pointer moves around a point of the window."""
        mouse = self.page.mouse
        steps = self.page.evaluate("clock.frames = 0, performance.now()")
        turns = int(_DRAG_SECONDS * 1000 / _MILLISECONDS_BETWEEN_MOVEMENTS)
        for turn in range(turns):
            mouse.move(x + _RADIUS * (turn % 40) / 40, y + _RADIUS * (turn % 25) / 25)
            self.page.wait_for_timeout(_MILLISECONDS_BETWEEN_MOVEMENTS)
            if self._value("performance.now()") - steps > _DRAG_SECONDS * 1000:
                break
        frames, now = self.page.evaluate("[clock.frames, performance.now()]")
        return float(frames / (now - steps) * 1000)

    def _drawn(self, before: int) -> float:
        self.page.wait_for_function("before => clock.drawn.length > before", arg=before)
        return self._value("clock.drawn.at(-1)")

    def _value(self, expression: str) -> float:
        return float(self.page.evaluate(expression))


@contextmanager
def opened(browser: Browser) -> Iterator[ClockedPage]:
    """Yields a page with an empty cache, which does not show the story of the first visit."""
    context = browser.new_context(viewport=_SIZE, color_scheme="light")
    context.set_default_timeout(_SLOWEST)
    context.add_init_script("localStorage.setItem('allygraph:story', 'seen')")
    context.add_init_script(_CLOCK)
    try:
        yield ClockedPage(context.new_page())
    finally:
        context.close()


def answer_with(page: Page, path: str, text: str, media_type: str) -> None:
    """Answers requests for a path of any host with a text."""

    def answer(route: Route) -> None:
        route.fulfill(body=text, content_type=media_type)

    page.route(f"**{path}", answer)
