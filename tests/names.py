"""Other names of actors, as tests write them and read them back."""

import json


def names(*given: str) -> list[dict[str, str]]:
    """Aliases, as they are written, and as `aliases { name }` reads them."""
    return [{"name": name} for name in given]


def whole_names(*given: str) -> list[dict[str, str | None]]:
    """Aliases of which nothing else is known, with all of their fields."""
    rest = {"language": None, "kind": "ALIAS", "startedOn": None, "endedOn": None}
    return [{"name": name, **rest} for name in given]


def names_text(*given: str) -> str:
    """The same as the text that a change has of the list."""
    return json.dumps(whole_names(*given), ensure_ascii=False, separators=(",", ":"))
