"""Plans changes: the arguments of `changes` and `history`, and the members of each change."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from schema.concepts import CONCEPTS, NODES
from schema.graphql.types import FIRST_MOST
from service import plan
from service.errors import BadCursor, BadInput
from service.planning.arguments import Argument, Arguments, as_list
from service.planning.conditions import refuse_null, where_condition
from service.planning.fields import Collect, SelectedField, Selections
from service.planning.page_members import PageMembers
from service.planning.paging import SEPARATOR, page_of
from service.planning.values import read_term

# The prefixes of cursors of changes: a log is ascending, a history descending.
LOG_CURSOR = "changes"
HISTORY_CURSOR = "history"

_KEYS = ("revision", "place", "record_id")

_PageMembers = tuple[plan.PageMember[plan.ChangeMember], ...]


class ChangesSelector:
    """Plans changes; `collect`, `members` and `choices` are methods of the `Selector`."""

    def __init__(
        self,
        collect: Collect,
        members: Callable[[Any, Any], plan.Members],
        choices: Callable[[SelectedField], tuple[plan.NodeChoice, ...]],
    ) -> None:
        self._collect = collect
        self._members = members
        self._choices = choices
        self._page = PageMembers(collect, "Change", self.change)
        self._event = PageMembers(collect, "Change", self.change, "ChangeEvent")

    def log(self, arguments: Arguments, selections: Selections) -> plan.Changes:
        """Plans the query field `changes`."""
        return self._log(arguments, self._page.read(selections))

    def _log(self, arguments: Arguments, members: _PageMembers) -> plan.Changes:
        """Plans a log. Only subscriptions set `until`."""
        types, where = arguments.get("types"), arguments.get("where") or {}
        return plan.Changes(
            since=plan.Parameter(arguments["since"], read_since),
            until=plan.Parameter(arguments["until"], int) if "until" in arguments else None,
            types=None if types is None else plan.Parameter(as_list(types), _read_types),
            where=tuple(_conditions(where)),
            page=change_page(LOG_CURSOR, arguments),
            members=members,
        )

    def following(self, key: str, arguments: Arguments, selections: Selections) -> plan.Following:
        """Plans a subscription to `changes`."""
        since, first = arguments.get("since"), arguments.get("first")
        bounds = {"since": plan.Slot((plan.EVENT_SINCE,)), "until": plan.Slot((plan.EVENT_UNTIL,))}
        size = {"first": FIRST_MOST if first is None else first}
        event = self._log({**arguments, **bounds, **size}, self._event.read(selections))
        first_page = change_page(LOG_CURSOR, {"first": 1})
        following = replace(event, until=None, page=first_page, members=())
        return plan.Following(
            None if since is None else plan.Parameter(since, read_since),
            plan.NextRevision(following),
            plan.ChangeLog(key, event),
        )

    def history(self, arguments: Arguments, selections: Selections) -> plan.Changes:
        """Plans `history`."""
        members = self._page.read(selections)
        return plan.Changes(None, None, None, (), change_page(HISTORY_CURSOR, arguments), members)

    def change(self, selections: Selections) -> tuple[plan.ChangeMember, ...]:
        """Plans the members of a change."""
        return tuple(map(self._change_member, self._collect(selections, "Change", "Node")))

    def _change_member(self, field: SelectedField) -> plan.ChangeMember:
        match field.name:
            case "revision":
                concept = CONCEPTS["Revision"]
                members = self._members(concept, field.selections)
                return plan.ChangeRevision(field.key, concept, members)
            case "record":
                return plan.ChangedRecord(field.key, self._choices(field))
            case "fields":
                return plan.FieldChanges(field.key, self._field_changes(field.selections))
            case "__typename":
                return plan.TypeName(field.key, "Change")
        return plan.ChangeFact(field.key, field.name)

    def _field_changes(self, selections: Selections) -> tuple[plan.TypeName | plan.ChangeFact, ...]:
        return tuple(
            plan.TypeName(field.key, "FieldChange")
            if field.name == "__typename"
            else plan.ChangeFact(field.key, field.name)
            for field in self._collect(selections, "FieldChange")
        )


def _conditions(where: Argument) -> Iterator[tuple[str, plan.Condition]]:
    for concept in NODES:
        name = concept.singular
        if name in where:
            refuse_null(where[name], f"ChangeFilter.{name}")
            yield concept.name, where_condition(concept, where[name])


def change_page(kind: str, arguments: Arguments) -> plan.Page:
    """Returns the page of changes that `first` and `after` describe."""
    page = page_of(CONCEPTS["Revision"], (), {"first": arguments.get("first")})
    source = arguments.get("after")
    if source is None:
        return page
    after = tuple(
        plan.Parameter(source, partial(_read_key, kind, index)) for index in range(len(_KEYS))
    )
    return plan.Page(page.size, after=after)


def _read_key(kind: str, index: int, cursor: str) -> int:
    try:
        prefix, *keys = bytes.fromhex(cursor).decode().split(SEPARATOR)
        values = [int(key) for key in keys if len(key) <= 18 and key.isascii() and key.isdigit()]
    except ValueError:
        prefix, values = "", []
    if prefix != kind or len(values) != len(_KEYS):
        raise BadCursor("`after` is not a valid cursor of these changes; omit it to start over.")
    return values[index]


def read_since(value: Any) -> int:
    """Validates the number of a revision that the client has seen. Raises BadInput."""
    if value < 0:
        raise BadInput(f"`since` must be at least 0, the empty data set, but is {value}.")
    return int(value)


def _read_types(values: list[Any]) -> list[str]:
    return [read_term(value) for value in values]
