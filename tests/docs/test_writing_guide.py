"""Every example of the page on writing runs in order, and returns what the page shows.

A ```graphql block is sent as it is, an ```sh block is a curl command; the ```json block after one
has its response, or the beginning of it.
"""

import argparse
import asyncio
import itertools
import json
import re
import shlex
from pathlib import Path
from typing import Any

import httpx

from schema.concepts import COLLECTIONS
from schema.graphql.mutation import WRITES
from schema.rules import Code
from tests.docs.test_guide import Block, assert_shown, blocks
from tests.http.editing import Editor
from tests.stores import copy_of

PAGE = "docs/writing.md"
TEXT = (Path(__file__).parents[2] / PAGE).read_text("utf-8")

CURL = argparse.ArgumentParser("curl")
CURL.add_argument("url")
CURL.add_argument("-X", dest="method", default="POST")
CURL.add_argument("-H", dest="headers", action="append")
CURL.add_argument("-d", dest="data")
CURL.add_argument("--json")


def curl(editor: Editor, command: str) -> httpx.Response:
    """Sends the request of the command."""
    program, *words = shlex.split(command.replace("\\\n", " "))
    assert program == "curl"
    given = CURL.parse_args(words)
    headers = dict(header.split(": ", 1) for header in given.headers)
    assert headers.pop("Authorization") == "Bearer $TOKEN"
    if given.json:
        headers["Content-Type"] = "application/json"
    address = given.url.removeprefix("http://127.0.0.1:8000")
    return editor.send(given.method, address, headers=headers, content=given.json or given.data)


def lines_of(text: str) -> list[Any]:
    return [json.loads(line) for line in text.splitlines()]


def done(editor: Editor, block: Block) -> Any:
    if block.info == "sh":
        response = curl(editor, block.text)
        is_lines = response.headers["content-type"] == "application/x-ndjson"
        return lines_of(response.text) if is_lines else response.json()
    return editor.ask(block.text)


def test_every_example_answers_as_shown(
    seeded: Path, tmp_path: Path, runner: asyncio.Runner
) -> None:
    editor = Editor(copy_of(seeded, tmp_path), runner)
    page = blocks(PAGE)
    examples = [pair for pair in itertools.pairwise(page) if pair[0].info in ("graphql", "sh")]
    assert len(examples) > 8
    for example, shown in examples:
        assert shown.info in ("json", "ndjson"), f"{PAGE}:{example.line} shows no answer"
        expected = json.loads(shown.text) if shown.info == "json" else lines_of(shown.text)
        assert_shown(expected, done(editor, example), f"{PAGE}:{example.line}")
    editor.close()


def rows(heading: str) -> list[str]:
    """Returns the first cells of a table, which is found by the heading of its first column."""
    table = TEXT.split(f"\n| {heading} |", 1)[1].split("\n\n", 1)[0]
    return [cell.strip("`") for cell in re.findall(r"^\| ([^|]+) \|", table, re.MULTILINE)]


def test_every_code_of_a_problem_is_explained() -> None:
    assert rows("code") == [code.value for code in Code]


def test_every_mutation_and_collection_is_listed() -> None:
    section = TEXT.split("## What you can write", 1)[1].split("\n## ", 1)[0]
    listed = set(re.findall(r"`([a-z]+[A-Z]\w+)`", section))
    assert listed == set(WRITES)
    addresses = set(re.findall(r"`/api/v1/(\w+)`", section))
    assert addresses == set(COLLECTIONS)
