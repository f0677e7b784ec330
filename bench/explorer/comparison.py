"""Measures the first network, changes of filters and drags, beside the bare page."""

import re
from importlib import resources

import orjson
from playwright.sync_api import Browser, Page, Request

from bench.explorer.browser import ClockedPage, answer_with, opened
from bench.figures import Finding, Outcome, Target
from bench.rounds import Rounds
from bench.servers import Server

# The number of edges that the explorer draws at first, and the maximum of the API.
EDGES = (500, 5_000)

FIRST = Target(2, "s", at_most=True)
CHANGE = Target(0.2, "s", at_most=True)
FRAMES = Target(30)
BESIDE_BARE = Target(1.5, at_most=True)

_BARE = resources.files(__package__).joinpath("bare.html").read_text()
_CANVAS = "canvas[role=application]"
_DELIVERED = re.compile("^Delivered")
_CIRCLE = re.compile(r"M([-.\d]+) ([-.\d]+)a([.\d]+) ")


def compare(browser: Browser, server: Server, rounds: Rounds) -> Outcome:
    """All figures, for each number of edges."""
    findings: list[Finding] = []
    for edges in EDGES:
        findings.extend(_findings(browser, server, rounds, edges))
    return Outcome([], findings)


def _findings(browser: Browser, server: Server, rounds: Rounds, edges: int) -> list[Finding]:
    def once() -> dict[str, float]:
        explored, body, svg = _explorer(browser, server, edges)
        return explored | _map(browser, server, edges) | _bare(browser, server, body, svg)

    named = f"{edges:,} edges"
    figures = rounds.run(named, once)
    targets = {
        "first network": FIRST,
        "a phase chosen": CHANGE,
        "a kind chosen": CHANGE,
        "a year chosen": CHANGE,
        "frames/s, pan": FRAMES,
        "frames/s, actor dragged": FRAMES,
        "first map": FIRST,
        "a phase chosen, map": CHANGE,
        "frames/s, pointer over the map": FRAMES,
    }
    bare = [
        ("first network / bare page", figures["first network"].over(figures["bare: first"])),
        ("frame of a pan / bare page", figures["bare: frames/s"].over(figures["frames/s, pan"])),
        (
            "frame of a drag / bare page",
            figures["bare: frames/s"].over(figures["frames/s, actor dragged"]),
        ),
    ]
    return [
        *(Finding(f"{named}: {name}", figures[name], of) for name, of in targets.items()),
        *(Finding(f"{named}: {name}", ratio, BESIDE_BARE) for name, ratio in bare),
    ]


def _explorer(browser: Browser, server: Server, edges: int) -> tuple[dict[str, float], str, str]:
    """Returns the figures, the body of the request for the network, and the drawing as SVG."""
    with opened(browser) as clocked:
        page, bodies = clocked.page, list[str]()
        page.on("request", lambda request: bodies.extend(_network_body(request)))
        figures = {"first network": clocked.first_drawn(f"{_origin(server)}/?most={edges}")}
        clocked.wait_until_quiet()
        figures |= _drags(clocked)
        page.goto(f"{_origin(server)}/?most={edges}")
        clocked.wait_until_quiet()
        svg = _svg(page)
        figures |= _changes(clocked)
    return figures, bodies[0], svg


def _network_body(request: Request) -> list[str]:
    body = request.post_data or ""
    return [body] if '"query":"query Network(' in body else []


def _changes(clocked: ClockedPage) -> dict[str, float]:
    """Returns the figures of changes. Each is reverted before the next one."""
    page = clocked.page
    changes = {
        "a phase chosen": page.get_by_role("checkbox", name=_DELIVERED),
        "a kind chosen": page.get_by_role("checkbox", name=re.compile("^Weapons")),
    }
    figures = {}
    for name, choice in changes.items():
        figures[name] = clocked.drawn_after(choice.click)
        # The service still answers requests that a page has dropped, so this waits for them.
        clocked.wait_until_quiet()
        clocked.drawn_after(page.go_back)
        clocked.wait_until_quiet()
    slider = page.get_by_role("slider", name="From", exact=True)
    slider.focus()
    figures["a year chosen"] = clocked.drawn_after(lambda: slider.press("ArrowRight"))
    return figures


def _drags(clocked: ClockedPage) -> dict[str, float]:
    """Returns the figures of a pan from an empty corner, and of dragging the largest circle."""
    box = clocked.page.locator(_CANVAS).bounding_box()
    assert box
    pan = clocked.frames_while_dragging(box["x"] + 8, box["y"] + 8)
    clocked.page.get_by_role("button", name="Fit to the window").click()
    clocked.page.wait_for_timeout(500)
    x, y, _ = max(_circles(_svg(clocked.page)), key=lambda circle: circle[2])
    dragged = clocked.frames_while_dragging(box["x"] + x, box["y"] + y)
    return {"frames/s, pan": pan, "frames/s, actor dragged": dragged}


def _map(browser: Browser, server: Server, edges: int) -> dict[str, float]:
    """Returns the figures of the map. The pointer moves over arcs, which the map highlights."""
    with opened(browser) as clocked:
        page = clocked.page
        first = clocked.first_drawn(f"{_origin(server)}/?view=map&most={edges}")
        clocked.wait_until_quiet()
        box = page.locator(".map-frame > svg").bounding_box()
        assert box
        middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        frames = clocked.frames_while_moving(*middle)
        chosen = clocked.drawn_after(page.get_by_role("checkbox", name=_DELIVERED).click)
    return {
        "first map": first,
        "a phase chosen, map": chosen,
        "frames/s, pointer over the map": frames,
    }


def _circles(svg: str) -> list[tuple[float, float, float]]:
    """Returns the centre and the radius of each actor that is drawn as a circle."""
    found = [tuple(map(float, match.groups())) for match in _CIRCLE.finditer(svg)]
    return [(left + radius, y, radius) for left, y, radius in found]


def _svg(page: Page) -> str:
    page.get_by_role("button", name="Download").click()
    with page.expect_download() as downloading:
        page.get_by_role("button", name="Drawing as SVG").click()
    page.keyboard.press("Escape")
    return downloading.value.path().read_text()


def _bare(browser: Browser, server: Server, body: str, svg: str) -> dict[str, float]:
    with opened(browser) as clocked:
        question = orjson.dumps(orjson.loads(body)).decode().replace("</", "<\\/")
        html = _BARE.replace("QUESTION", question)
        answer_with(clocked.page, "/bare", html, "text/html")
        answer_with(clocked.page, "/bare.svg", svg, "image/svg+xml")
        first = clocked.first_drawn(f"{_origin(server)}/bare")
        frames = clocked.frames_while_dragging(8, 8)
    return {"bare: first": first, "bare: frames/s": frames}


def _origin(server: Server) -> str:
    return server.url.removesuffix("/graphql")
