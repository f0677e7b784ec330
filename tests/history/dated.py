"""A small database whose four revisions have known dates."""

from pathlib import Path
from typing import Any

import httpx

from tests.conftest import make_database
from tests.http.editing import Editor
from tests.names import names
from tests.stores import change, keep_for_copies
from tests.writing.world import BEGINNING, World, creating, deleting, updating

EMPTY, FIRST, SECOND, THIRD = (
    *("2025-01-01T00:00:00Z", "2025-03-10T12:00:00Z", "2025-03-20T12:00:00Z"),
    "2025-03-30T12:00:00Z",
)


def make_dated(path: Path) -> Path:
    """Revision 1 creates all records, 2 changes some, 3 merges two actors, 4 deletes a source.

    actor_1 is Iran, actor_2 Russia, actor_3 North Korea, actor_4 the analyst who speaks.
    """
    world = World(make_database(path))
    world.do(*(creating(concept, **given) for concept, given in BEGINNING))
    world.do(
        updating("actor_1", name="The Islamic Republic", aliases=names("Iran", "Persia")),
        updating("statement_1", mentions=["actor_2", "actor_3"]),
        creating("Actor", slug="dprk", name="DPRK", kind="STATE"),
        creating("Source", title="Another report"),
        message="Names and mentions",
    )
    world.merge({"id": "actor_3"}, {"slug": "dprk"})
    world.do(deleting("source_2"))
    world.close()
    # The merge and the removal were written in one second.
    for number, time in enumerate((EMPTY, FIRST, SECOND, THIRD, THIRD)):
        change(path, "UPDATE revision SET time = ? WHERE number = ?", time, number)
    keep_for_copies(path)
    return path


def refused(editor: Editor, document: str, **variables: Any) -> str:
    """Returns the code of the error that refuses a query."""
    question = {"query": document, "variables": variables}
    return code_of(editor.send("POST", "/graphql", json=question))


def code_of(answer: httpx.Response) -> str:
    """Returns the code of the only error, of either API."""
    content = answer.json()
    if "errors" in content:
        (error,) = content["errors"]
        content = error["extensions"]
    code: str = content["code"]
    return code
