"""A Chromium for the tests of the pages. It exits before other tests run an event loop."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.visits import CHROMIUM_FLAGS, SLOWEST


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.fail("no Chromium on PATH; on Debian: apt-get install chromium", pytrace=False)
    expect.set_options(timeout=SLOWEST)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=chromium, args=CHROMIUM_FLAGS, timeout=SLOWEST
        )
        try:
            yield running
        finally:
            running.close()
