"""Limits on the depth and size of a document, checked before validation."""

from collections.abc import Iterable
from dataclasses import dataclass

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    ListValueNode,
    ObjectValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    ValueNode,
)

from service.errors import TooComplex
from service.settings import Settings


@dataclass(frozen=True)
class Extent:
    """The size of a selection, with fragments expanded."""

    depth: int = 0
    fields: int = 0
    roots: int = 0


class DocumentLimits:
    """Measures one document. Each fragment is measured once, however often it is spread."""

    def __init__(self, settings: Settings, document: DocumentNode) -> None:
        """Call `check` to check the document."""
        self._settings = settings
        self._document = document
        self._aliases = 0
        self._fragments = {
            definition.name.value: definition
            for definition in document.definitions
            if isinstance(definition, FragmentDefinitionNode)
        }
        self._measured: dict[str, Extent] = {}

    def check(self) -> None:
        """Raises TooComplex, with the limit and the actual number."""
        try:
            for definition in self._document.definitions:
                if isinstance(definition, OperationDefinitionNode):
                    self._check_operation(definition)
        except RecursionError:
            raise TooComplex("Fragments are nested too deeply; nest fewer.") from None

    def _check_operation(self, operation: OperationDefinitionNode) -> None:
        for definition in operation.variable_definitions or ():
            if definition.default_value:
                self._check_value(definition.default_value)
        extent = self._selection(operation.selection_set)
        limits = self._settings
        _refuse("levels of fields", extent.depth, limits.depth)
        _refuse("fields", extent.fields, limits.fields)
        _refuse("root fields", extent.roots, limits.root_fields)
        _refuse("aliases", self._aliases, limits.aliases)

    def _selection(self, selection: SelectionSetNode | None) -> Extent:
        depth = fields = roots = 0
        for node in selection.selections if selection else ():
            inner = self._node(node)
            depth = max(depth, inner.depth)
            fields += inner.fields
            roots += inner.roots
        return Extent(depth, fields, roots)

    def _node(self, node: object) -> Extent:
        match node:
            case FieldNode():
                self._aliases += node.alias is not None
                for argument in node.arguments or ():
                    self._check_value(argument.value)
                below = self._selection(node.selection_set)
                return Extent(below.depth + 1, below.fields + 1, 1)
            case FragmentSpreadNode(name=name):
                return self._fragment(name.value)
        return self._selection(getattr(node, "selection_set", None))

    def _fragment(self, name: str) -> Extent:
        if name not in self._measured:
            # Validation rejects a fragment that spreads itself; here the recursion must only end.
            self._measured[name] = Extent()
            if name in self._fragments:
                self._measured[name] = self._selection(self._fragments[name].selection_set)
        return self._measured[name]

    def _check_value(self, value: ValueNode, depth: int = 1) -> None:
        match value:
            case ObjectValueNode(fields=fields):
                inner: Iterable[ValueNode] = (field.value for field in fields)
            case ListValueNode(values=values):
                inner = values
            case _:
                return
        check_input_depth(self._settings, depth)
        for item in inner:
            self._check_value(item, depth + 1)


def check_input_depth(settings: Settings, depth: int) -> None:
    """Raises TooComplex if an argument is nested too deeply."""
    if depth > settings.input_depth:
        raise TooComplex(f"An argument has more than {settings.input_depth} levels; nest fewer.")


def check_variables(settings: Settings, value: object, depth: int = 0) -> None:
    """Raises TooComplex if the value of a variable is nested too deeply."""
    if isinstance(value, dict | list):
        check_input_depth(settings, depth)
        for item in value.values() if isinstance(value, dict) else value:
            check_variables(settings, item, depth + 1)


def _refuse(unit: str, count: int, most: int) -> None:
    if count > most:
        raise TooComplex(f"The query has {count} {unit}; the limit is {most}.")
