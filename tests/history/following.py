"""Applies changes to an earlier state until it is the current one, in both APIs."""

import json
from collections.abc import Iterator, Mapping
from random import Random
from typing import Any

from schema.concepts import COLLECTIONS
from tests.http.editing import Editor

Record = Mapping[str, Any]
# Records by id.
Records = dict[str, Record]

_ID = "{ id }"
_BELOW = {
    "quantity": "{ value low high unit estimated }",
    "worth": "{ value low high unit currency estimated }",
    "aliases": "{ name language kind startedOn endedOn }",
    "counts": "{ counted number }",
    **dict.fromkeys(("mentions", "candidates"), "(first: 500) { nodes { id } }"),
    **dict.fromkeys(("supporter", "recipient", "against", "inReturnFor", "dataset"), _ID),
    "conflict": _ID,
    **dict.fromkeys(("support", "statement", "speaker", "onBehalfOf", "source", "publisher"), _ID),
    **dict.fromkeys(("member", "organisation", "predecessor", "successor"), _ID),
    **dict.fromkeys(("actor", "counterpart", "partOf", "corrects"), _ID),
}
# All fields of a record itself. Of related records, only the ids.
_SAID = {
    "Actor": "slug name kind description aliases codes",
    "Support": "supporter recipient against kind phase summary place startedOn endedOn inReturnFor"
    " dataset sourceCategory note agreedOn startCensored endCensored mutual conflict sourceKey"
    " attribution candidatesAtLeast candidates quantity worth",
    "Evidence": "support statement stance note quantity worth",
    "Statement": "text quoted language speaker onBehalfOf saidOn source credibility note mentions"
    " corrects",
    "Source": "title url publisher publishedOn reliability note",
    "Dataset": "slug title version licence citation url publisher doi publishedOn retrievedOn"
    " checksum coversFrom coversUntil scope unitOfObservation partOf mappingVersion actorKinds"
    " supportKinds counts",
    "Conflict": "slug name kind place startedOn endedOn note codes",
    "Succession": "predecessor successor kind succeededOn note",
    "Coverage": "dataset actor role counterpart coversFrom coversUntil",
    "Membership": "member organisation relation role startedOn endedOn note",
}


def _selection(concept: str) -> str:
    """Returns a selection with aliases, because fields of one name differ in type."""
    dated = " startedOn endedOn" if concept == "Actor" else ""
    below = {**_BELOW, "codes": f"{{ scheme value{dated} }}"}
    fields = (f"{concept}_{name}: {name} {below.get(name, '')}" for name in _SAID[concept].split())
    return f"id {' '.join(fields)}"


def _plain(record: Record) -> Record:
    return {name.rpartition("_")[2]: value for name, value in record.items()}


_STATE = " ".join(
    f"{name}(first: 500) {{ nodes {{ {_selection(concept.name)} }} }}"
    for name, concept in COLLECTIONS.items()
)
_RECORD = " ".join(f"... on {concept} {{ {_selection(concept)} }}" for concept in _SAID)
_CHANGES = f"""
query ($since: Int!, $first: Int!, $after: String) {{
  changes(since: $since, first: $first, after: $after) {{
    nodes {{ action type recordId record {{ {_RECORD} }} fields {{ field before after }} }}
    pageInfo {{ hasNextPage endCursor }}
  }}
}}
"""


class GraphQLDoor:
    """States and changes as GraphQL returns them."""

    def __init__(self, editor: Editor) -> None:
        self._editor = editor

    def state(self, revision: int) -> Records:
        """Returns every record as of a revision."""
        document = f"query ($revision: Int!) @asOf(revision: $revision) {{ {_STATE} }}"
        data = self._editor.ask(document, {"revision": revision})["data"]
        return {record["id"]: _plain(record) for page in data.values() for record in page["nodes"]}

    def changes(self, since: int, size: int, after: str | None) -> tuple[list[Any], str | None]:
        """Returns a page of changes, and the cursor of the next one."""
        variables = {"since": since, "first": size, "after": after}
        page = self._editor.ask(_CHANGES, variables)["data"]["changes"]
        for change in page["nodes"]:
            change["record"] = change["record"] and _plain(change["record"])
        return page["nodes"], _next(page["pageInfo"])


class RESTDoor:
    """States and changes as REST returns them, where records have no mentions."""

    def __init__(self, editor: Editor) -> None:
        self._editor = editor

    def state(self, revision: int) -> Records:
        """Returns every record as of a revision."""
        found: Records = {}
        for name in COLLECTIONS:
            answer = self._editor.rest("GET", f"{name}?first=500&asOf={revision}").json()
            found |= {record["id"]: _with_ids(record) for record in answer["data"]}
        return found

    def changes(self, since: int, size: int, after: str | None) -> tuple[list[Any], str | None]:
        """Returns a page of changes, and the cursor of the next one."""
        address = f"changes?since={since}&first={size}" + (f"&after={after}" if after else "")
        answer = self._editor.rest("GET", address).json()
        for change in answer["data"]:
            change["record"] = change["record"] and _with_ids(change["record"])
        return answer["data"], _next(answer["page"])


def _next(page: Any) -> str | None:
    cursor: str | None = page["endCursor"] if page["hasNextPage"] else None
    return cursor


Door = GraphQLDoor | RESTDoor


def followed(door: Door, since: int, random: Random) -> Records:
    """Returns the state of a revision with every later change applied."""
    held = door.state(since)
    for change in _all_changes(door, since, random):
        before, after = held.pop(change["recordId"], None), change["record"]
        assert _action(before, after) == change["action"]
        _check_fields(change, before, after)
        if after:
            held[change["recordId"]] = after
    return held


def _all_changes(door: Door, since: int, random: Random) -> Iterator[Any]:
    """Yields the changes of all pages, whose sizes are random."""
    after, has_next = None, True
    while has_next:
        page, after = door.changes(since, random.randint(1, 7), after)
        yield from page
        has_next = after is not None


def _action(before: Record | None, after: Record | None) -> str:
    if before is None:
        return "CREATED"
    return "UPDATED" if after else "DELETED"


def _check_fields(change: Any, before: Record | None, after: Record | None) -> None:
    """Checks that the fields of a change are those in which the records differ."""
    told = {each["field"]: (each["before"], each["after"]) for each in change["fields"]}
    was, became = _texts(before), _texts(after)
    if "mentions" not in (was | became):
        told.pop("mentions", None)
    names = was.keys() | became.keys()
    differing = {name for name in names if was.get(name) != became.get(name)}
    assert told == {name: (was.get(name), became.get(name)) for name in differing}


def _texts(record: Record | None) -> dict[str, str]:
    """Returns each known field as the text that changes contain."""
    texts: dict[str, str | None] = {}
    for name, value in (record or {}).items():
        if name == "quantity":
            parts = (value or {}).items()
            texts |= {f"quantity.{part}": _text(each) for part, each in parts}
        elif name != "id":
            texts[name] = _text(value)
    return {name: text for name, text in texts.items() if text is not None}


def _text(value: Any) -> str | None:
    match value:
        case None | [] | {"nodes": []}:
            return None
        case bool():
            return "true" if value else "false"
        case {"id": str(id_)}:
            return id_
        case {"nodes": records}:
            return _json(sorted((each["id"] for each in records), key=_row))
        case list():
            return _json(value)
    return str(value)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _row(id_: str) -> int:
    return int(id_.rpartition("_")[2])


def _with_ids(record: Record) -> Record:
    """Returns the record with only the ids of related records, which change separately."""
    return {
        name: {"id": value["id"]} if isinstance(value, dict) and "id" in value else value
        for name, value in record.items()
    }
