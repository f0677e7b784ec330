"""Every example of the guide and of the README is sent, and returns what the page shows.

A ```graphql block is sent as it is, with the ```json variables block after it if there is one. An
```http block is one GET, whose address may have several lines. A ```json block after an example has
its response, or the beginning of it: see `assert_shown`.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
PAGES = ("README.md", "docs/guide.md")

Send = Callable[..., Any]

FENCE = re.compile(
    r"^```(?P<info>[a-z]+(?: variables)?)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)
DATA = re.compile(r"(?:-d|--data|--json) '(?P<body>[^']*)'")


@dataclass(frozen=True)
class Block:
    """A fenced block of a page."""

    page: str
    line: int
    info: str
    text: str


@dataclass(frozen=True)
class Example:
    """A request of a page, and the response that follows it."""

    question: Block
    variables: dict[str, Any]
    shown: Any

    @property
    def name(self) -> str:
        return f"{self.question.page}:{self.question.line}"


def blocks(page: str) -> list[Block]:
    text = (ROOT / page).read_text("utf-8")
    return [
        Block(page, text.count("\n", 0, found.start()) + 1, found["info"], found["text"])
        for found in FENCE.finditer(text)
    ]


def examples(info: str) -> Iterator[Example]:
    for page in PAGES:
        rest = blocks(page)
        while rest:
            block = rest.pop(0)
            if block.info == info:
                variables = json.loads(rest.pop(0).text) if _is(rest, "json variables") else {}
                shown = json.loads(rest[0].text) if _is(rest, "json") else None
                yield Example(block, variables, shown)


def _is(rest: list[Block], info: str) -> bool:
    return bool(rest) and rest[0].info == info


GRAPHQL, HTTP = list(examples("graphql")), list(examples("http"))


def assert_shown(shown: Any, real: Any, where: str = "answer") -> None:
    """Checks that the response begins as shown: the keys and lists in order, with these values."""
    if isinstance(shown, dict):
        assert isinstance(real, dict), f"{where} is {real!r}"
        assert list(shown) == [key for key in real if key in shown], f"{where} has {list(real)}"
        for key, value in shown.items():
            assert_shown(value, real[key], f"{where}.{key}")
    elif isinstance(shown, list):
        assert isinstance(real, list), f"{where} is {real!r}"
        assert len(shown) <= len(real), f"{where} has {len(real)} items"
        for place, value in enumerate(shown):
            assert_shown(value, real[place], f"{where}[{place}]")
    else:
        assert (type(shown), shown) == (type(real), real), f"{where} is {real!r}"


def shows_an_error(shown: Any) -> bool:
    return isinstance(shown, dict) and bool({"errors", "code"} & shown.keys())


def ask(send: Send, document: str, variables: dict[str, Any]) -> Any:
    """Sends requests to the complete application, with the limits that the page names."""
    body = {"query": document, "variables": variables}
    return send("POST", "/graphql", json=body).json()


@pytest.mark.parametrize("example", GRAPHQL, ids=lambda example: example.name)
def test_a_graphql_example_answers_as_shown(send: Send, example: Example) -> None:
    answer = ask(send, example.question.text, example.variables)
    assert ("errors" in answer) is shows_an_error(example.shown), answer
    if example.shown is not None:
        assert_shown(example.shown, answer)


@pytest.mark.parametrize("example", HTTP, ids=lambda example: example.name)
def test_an_http_example_answers_as_shown(send: Send, example: Example) -> None:
    method, address = "".join(map(str.strip, example.question.text.splitlines())).split(" ", 1)
    response = send(method, address)
    assert response.is_error is shows_an_error(example.shown), response.text
    if example.shown is not None:
        assert_shown(example.shown, response.json())


def test_what_is_sent_with_curl_asks_the_same(send: Send) -> None:
    sent = [
        json.loads(found["body"])
        for page in PAGES
        for block in blocks(page)
        if block.info == "sh"
        for found in DATA.finditer(block.text)
    ]
    answers = [ask(send, each.question.text, each.variables) for each in GRAPHQL]
    assert sent
    for body in sent:
        assert send("POST", "/graphql", json=body).json() in answers


@pytest.mark.parametrize("page", PAGES)
def test_each_page_has_examples_for_both_doors(page: str) -> None:
    for found in (GRAPHQL, HTTP):
        assert any(example.question.page == page and example.shown for example in found)
