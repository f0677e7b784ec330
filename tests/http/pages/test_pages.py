"""The service's pages load everything from the service itself."""

import gzip
import re
from collections.abc import Callable

import httpx
import pytest

Send = Callable[..., httpx.Response]

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"
PAGES = ["/graphql", "/docs"]
LINK = re.compile(r'(?:src|href)="([^"]*)"')


@pytest.fixture
def visit(send: Send) -> Callable[[str], httpx.Response]:
    """Returns the response that a browser gets."""
    headers = {"accept": BROWSER}
    return lambda path: send("GET", path, headers=headers, follow_redirects=True)


Visit = Callable[[str], httpx.Response]


@pytest.mark.parametrize("path", PAGES)
def test_browser_gets_a_page(visit: Visit, path: str) -> None:
    page = visit(path)
    assert page.status_code == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "<title>AllyGraph</title>" in page.text


@pytest.mark.parametrize("path", PAGES)
def test_page_may_load_from_the_service_alone(visit: Visit, path: str) -> None:
    policy = dict(
        directive.split(" ", 1)
        for directive in visit(path).headers["content-security-policy"].split("; ")
    )
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["connect-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert not re.search(r"https?:|\*", " ".join(policy.values()))


@pytest.mark.parametrize("path", PAGES)
def test_page_names_no_other_host(visit: Visit, path: str) -> None:
    text = visit(path).text
    links = LINK.findall(text)
    assert links
    assert all(re.match(r"/(?!/)", link) for link in links)
    assert "://" not in text


@pytest.mark.parametrize("path", PAGES)
def test_page_is_asked_for_again_and_its_assets_never(visit: Visit, path: str) -> None:
    page = visit(path)
    assert page.headers["cache-control"] == "no-cache"
    assets = [link for link in LINK.findall(page.text) if link.startswith("/assets/")]
    assert assets
    for link in assets:
        asset = visit(link)
        assert asset.status_code == 200
        assert asset.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert asset.headers["x-content-type-options"] == "nosniff"


def test_scripts_and_styles_have_their_media_types(visit: Visit) -> None:
    kinds = {
        link.rpartition(".")[2]: visit(link).headers["content-type"].partition(";")[0]
        for link in LINK.findall(visit("/graphql").text)
    }
    assert kinds == {"svg": "image/svg+xml", "js": "text/javascript", "css": "text/css"}


def test_assets_are_compressed_on_request(send: Send, visit: Visit) -> None:
    (script, *_) = (link for link in LINK.findall(visit("/graphql").text) if "graphiql" in link)
    packed = send("GET", script, headers={"accept-encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert (
        "content-encoding"
        not in send("GET", script, headers={"accept-encoding": "identity"}).headers
    )


def test_page_is_no_answer_to_a_program(send: Send) -> None:
    answer = send("GET", "/graphql?query={__typename}", headers={"accept": "*/*"})
    assert answer.json() == {"data": {"__typename": "Query"}}
    assert answer.headers["vary"].startswith("accept, ")


@pytest.mark.parametrize("name", ["none.js", "..%2fgraphiql.html", "%2e%2e/graphiql.html", ""])
def test_what_is_no_asset_is_not_found(visit: Visit, name: str) -> None:
    answer = visit(f"/assets/{name}")
    assert (answer.status_code, answer.json()["code"]) == (404, "NOT_FOUND")
    assert "immutable" not in answer.headers.get("cache-control", "")


# Limits for the explorer before any view: the bytes that a slow connection must load until the page
# shows something.
FIRST_LOAD_KB = 250


def test_first_load_of_the_explorer_is_small(visit: Visit) -> None:
    links = [link for link in LINK.findall(visit("/").text) if link.endswith((".js", ".css"))]
    assert len(links) > 1
    sizes = [len(gzip.compress(visit(link).content)) for link in links]
    assert sum(sizes) < FIRST_LOAD_KB * 1_000
