"""The fields of a selection: expands fragments, applies directives, merges equal keys."""

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
    """One key of the response, with all fields of the document that have this key.

    Validation ensures that they all name the same field with the same arguments.
    """

    key: str
    nodes: tuple[FieldNode, ...]

    @property
    def name(self) -> str:
        """The name of the field in the schema."""
        return self.nodes[0].name.value

    @property
    def selections(self) -> tuple[SelectionSetNode, ...]:
        """The selection sets below the field, to be merged."""
        return tuple(node.selection_set for node in self.nodes if node.selection_set)


# The selection sets of one value, to be merged.
Selections = Iterable[SelectionSetNode]

# Collects the fields that selections have for a type, or for any of several types.
Collect = Callable[..., Iterator[SelectedField]]


class FieldCollector:
    """Collects the fields of a type, as CollectFields() of the GraphQL specification does."""

    def __init__(
        self, fragments: Mapping[str, FragmentDefinitionNode], variables: Arguments
    ) -> None:
        """`variables`: mirrored, which keeps booleans."""
        self._fragments = fragments
        self._variables = variables
        self._nulls = NullVariables(variables)

    def collect(
        self, type_names: frozenset[str], selections: Iterable[SelectionSetNode]
    ) -> Iterator[SelectedField]:
        """Collects the fields for a type. `type_names`: the object's type and its interfaces.

        Raises BadInput if a null variable stands where an argument needs a value.
        """
        fields: dict[str, list[FieldNode]] = {}
        visited: set[str] = set()
        for selection in selections:
            for node in self._fields(type_names, selection, visited):
                self._nulls.check_field(type_names, node)
                key = node.alias.value if node.alias else node.name.value
                fields.setdefault(key, []).append(node)
        for key, nodes in fields.items():
            yield SelectedField(key, tuple(nodes))

    def _fields(
        self, type_names: frozenset[str], selection: SelectionSetNode, visited: set[str]
    ) -> Iterator[FieldNode]:
        for node in selection.selections:
            if not self._included(node.directives):
                continue
            match node:
                case FieldNode():
                    yield node
                case InlineFragmentNode(type_condition=condition):
                    if condition is None or condition.name.value in type_names:
                        yield from self._fields(type_names, node.selection_set, visited)
                case FragmentSpreadNode() if node.name.value not in visited:
                    visited.add(node.name.value)
                    fragment = self._fragments[node.name.value]
                    if fragment.type_condition.name.value in type_names:
                        yield from self._fields(type_names, fragment.selection_set, visited)

    def _included(self, directives: Iterable[DirectiveNode] | None) -> bool:
        for directive in directives or ():
            expected = {"include": True, "skip": False}.get(directive.name.value)
            if expected is None:
                continue
            self._nulls.check_directive(directive)
            if literal((directive.arguments or ())[0].value, self._variables) is not expected:
                return False
        return True
