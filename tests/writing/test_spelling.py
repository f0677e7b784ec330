"""Different spellings of a value are the same value."""

from typing import Any

import pytest

from tests.names import names
from tests.writing.world import World, refused

REPORTS = [
    "https://example.org/report",
    "HTTPS://EXAMPLE.org:443/report",
    "https://example.org/%72eport",
    "https://example.org/a/../report",
]


@pytest.mark.parametrize("url", REPORTS)
def test_an_address_in_any_spelling_is_of_one_source(world: World, url: str) -> None:
    with refused(("url", "DUPLICATE")):
        world.create("Source", title="Another", url=url)
    said = {"text": "So.", "speaker": "analyst", "source": {"url": url}}
    world.create("Statement", **said)
    assert world.value("SELECT source_id FROM statement WHERE id = 2") == 1


@pytest.mark.parametrize("value", ["630", " 630", "0630"])
def test_a_code_in_any_spelling_is_of_one_actor(world: World, value: str) -> None:
    code = {"scheme": "COW", "value": value}
    with refused(("codes.0", "DUPLICATE")):
        world.update("actor_2", codes=[code])
    world.update("statement_1", speaker={"code": code})
    assert world.value("SELECT speaker_id FROM statement") == 1


def test_values_are_stored_in_one_spelling(world: World) -> None:
    codes = [{"scheme": "ISO_3166_1_ALPHA_2", "value": "ru"}]
    world.update("actor_2", name="Re\u0301publique", codes=codes, aliases=names("e\u0301"))
    world.update("statement_1", language="UK-ua", text="Кии\u0306в")
    assert world.rows("SELECT name FROM actor WHERE id = 2") == [("R\u00e9publique",)]
    assert world.rows("SELECT value FROM actor_code WHERE actor_id = 2") == [("RU",)]
    assert world.rows("SELECT name FROM actor_alias WHERE actor_id = 2") == [("\u00e9",)]
    assert world.rows("SELECT language, text FROM statement") == [("uk-UA", "Кий\u0432")]


TWICE: list[dict[str, Any]] = [
    {"aliases": names("\u00e9", "e\u0301")},
    {"codes": [{"scheme": "COW", "value": "2"}, {"scheme": "COW", "value": "002"}]},
]


@pytest.mark.parametrize("lists", TWICE)
def test_one_item_in_two_spellings_is_there_twice(world: World, lists: dict[str, Any]) -> None:
    (name,) = lists
    with refused((f"{name}.1", "DUPLICATE")):
        world.update("actor_2", **lists)
