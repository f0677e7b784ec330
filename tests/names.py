"""Aliases of actors, as tests write and read them."""

import json


def names(*given: str) -> list[dict[str, str]]:
    """Returns aliases as input, and as `aliases { name }` returns them."""
    return [{"name": name} for name in given]


def whole_names(*given: str) -> list[dict[str, str | None]]:
    """Returns aliases with all their fields, of which only the names are known."""
    rest = {"language": None, "kind": "ALIAS", "startedOn": None, "endedOn": None}
    return [{"name": name, **rest} for name in given]


def names_text(*given: str) -> str:
    """Returns these aliases as the text of a change."""
    return json.dumps(whole_names(*given), ensure_ascii=False, separators=(",", ":"))
