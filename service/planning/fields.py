"""Which fields a selection asks for: fragments opened, directives obeyed, equal keys merged."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from graphql import (
    DirectiveNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    SelectionSetNode,
)

from service.planning.arguments import Arguments, literal
from service.planning.null_variables import NullVariables


@dataclass(frozen=True)
class SelectedField:
    """One key of the answer, and every place of the document that asks for it.

    Validation has made sure that all places name the same field with the same arguments.
    """

    key: str
    nodes: tuple[FieldNode, ...]

    @property
    def name(self) -> str:
        """The field's name in the schema."""
        return self.nodes[0].name.value

    @property
    def selections(self) -> tuple[SelectionSetNode, ...]:
        """What is asked of the field's own value, in all places together."""
        return tuple(node.selection_set for node in self.nodes if node.selection_set)


# What is asked of one value, in all places of the document together.
Selections = Iterable[SelectionSetNode]

# Finds the fields that selections ask of a type, or of any of several.
Collect = Callable[..., Iterator[SelectedField]]


class FieldCollector:
    """Collects the fields asked of a type, as the specification's CollectFields() does."""

    def __init__(
        self, fragments: Mapping[str, FragmentDefinitionNode], variables: Arguments
    ) -> None:
        """`variables` are mirrored: booleans stand as they came."""
        self._fragments = fragments
        self._variables = variables
        self._nulls = NullVariables(variables)

    def collect(
        self, type_names: frozenset[str], selections: Iterable[SelectionSetNode]
    ) -> Iterator[SelectedField]:
        """`type_names`: the object's type and the interfaces it has."""
        found: dict[str, list[FieldNode]] = {}
        opened: set[str] = set()
        for selection in selections:
            for node in self._fields(type_names, selection, opened):
                self._nulls.check_field(type_names, node)
                key = node.alias.value if node.alias else node.name.value
                found.setdefault(key, []).append(node)
        for key, nodes in found.items():
            yield SelectedField(key, tuple(nodes))

    def _fields(
        self, type_names: frozenset[str], selection: SelectionSetNode, opened: set[str]
    ) -> Iterator[FieldNode]:
        for node in selection.selections:
            if not self._included(node.directives):
                continue
            match node:
                case FieldNode():
                    yield node
                case InlineFragmentNode(type_condition=condition):
                    if condition is None or condition.name.value in type_names:
                        yield from self._fields(type_names, node.selection_set, opened)
                case FragmentSpreadNode() if node.name.value not in opened:
                    opened.add(node.name.value)
                    fragment = self._fragments[node.name.value]
                    if fragment.type_condition.name.value in type_names:
                        yield from self._fields(type_names, fragment.selection_set, opened)

    def _included(self, directives: Iterable[DirectiveNode] | None) -> bool:
        for directive in directives or ():
            wanted = {"include": True, "skip": False}.get(directive.name.value)
            if wanted is None:
                continue
            self._nulls.check_directive(directive)
            if literal((directive.arguments or ())[0].value, self._variables) is not wanted:
                return False
        return True
