"""Makes the pictures of the documents: `make pictures`, or `python -m tests.browser.pictures`."""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

from tests.browser.visits import CHROMIUM_FLAGS, visiting
from tests.commands import run, serving

DOCS = Path(__file__).parents[2] / "docs"
SIZE = {"width": 1280, "height": 800}
PICTURES = {"explorer.png": "/?edge=north-korea..russia:TROOPS"}


def main() -> None:
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        database = f"sqlite:///{folder}/allygraph.db"
        for command in ("migrate", "seed"):
            run(command, "--database-url", database)
        chromium = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
        with serving("--database-url", database) as server:
            for name, address in PICTURES.items():
                with visiting(browser, server.url, viewport=SIZE, color_scheme="light") as visit:
                    visit.open(address).wait_for_load_state("networkidle")
                    visit.page.screenshot(path=DOCS / name)
                    assert visit.errors == []
        browser.close()


if __name__ == "__main__":
    main()
