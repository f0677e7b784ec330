"""Plans the members of a page: its items, with or without cursors, and facts about the page."""

from collections.abc import Callable, Iterator
from typing import Generic

from service import plan
from service.plan import Selected
from service.planning.fields import Collect, SelectedField, Selections


class PageMembers(Generic[Selected]):
    """Plans a page of any kind of items."""

    def __init__(
        self,
        collect: Collect,
        name: str,
        of_item: Callable[[Selections], tuple[Selected, ...]],
        page_name: str = "",
        is_estimated: Callable[[SelectedField], bool] = lambda _: False,
    ) -> None:
        """`name`: the GraphQL type of an item. `of_item`: plans the members of an item.

        `page_name`: the GraphQL type of the page, if it is not a connection. `is_estimated`:
        whether an estimate from a sample is enough for a count.
        """
        self._collect = collect
        self._page_name = page_name or f"{name}Connection"
        self._edge_name = f"{name}Edge"
        self._of_item = of_item
        self._is_estimated = is_estimated

    def read(self, selections: Selections) -> tuple[plan.PageMember[Selected], ...]:
        """Returns the members of the page, in the order of the response."""
        return tuple(self._members(selections))

    def _members(self, selections: Selections) -> Iterator[plan.PageMember[Selected]]:
        for field in self._collect(selections, self._page_name):
            match field.name:
                case "nodes":
                    yield plan.Nodes(field.key, self._of_item(field.selections))
                case "edges":
                    yield plan.Edges(field.key, tuple(self._edge(field.selections)))
                case "pageInfo":
                    yield plan.PageFacts(field.key, tuple(self._facts(field.selections)))
                case "totalCount":
                    yield plan.PageFact(field.key, field.name, self._is_estimated(field))
                case "unknownCount":
                    yield plan.PageFact(field.key, field.name)
                case _:
                    yield plan.TypeName(field.key, self._page_name)

    def _edge(self, selections: Selections) -> Iterator[plan.EdgeMember[Selected]]:
        for field in self._collect(selections, self._edge_name):
            match field.name:
                case "cursor":
                    yield plan.Cursor(field.key)
                case "node":
                    yield plan.EdgeNode(field.key, self._of_item(field.selections))
                case _:
                    yield plan.TypeName(field.key, self._edge_name)

    def _facts(self, selections: Selections) -> Iterator[plan.TypeName | plan.PageFact]:
        for field in self._collect(selections, "PageInfo"):
            if field.name == "__typename":
                yield plan.TypeName(field.key, "PageInfo")
            else:
                yield plan.PageFact(field.key, field.name)
