"""Limits on the depth and size of a document, checked before validation."""

from collections.abc import Iterable, Mapping
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
    """The size of a selection, with fragments expanded.

    `introspected`: an estimate of the number of values that introspection returns; `values`: the
    same estimate for a selection that is below a field of introspection.
    """

    depth: int = 0
    fields: int = 0
    roots: int = 0
    values: int = 0
    introspected: int = 0


_INTROSPECTION = frozenset({"__schema", "__type"})
# The approximate length of each list of introspection, on average over all types.
_INTROSPECTED = {
    "types": 200,
    "fields": 4,
    "inputFields": 4,
    "args": 2,
    "enumValues": 2,
    "directives": 8,
    "locations": 3,
}
# The query of code generators counts as 130,000 by this measure, and takes 50 milliseconds.
_INTROSPECTED_MOST = 400_000


class DocumentLimits:
    """Measures one document. Each fragment is measured once, however often it is spread."""

    def __init__(self, settings: Settings, document: DocumentNode) -> None:
        """Checks nothing yet: call `check`."""
        self._settings = settings
        self._document = document
        self._aliases = 0
        # Whether a selection has several fields of one name, or fragments that may have the same.
        self.may_have_overlapping_fields = False
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
            # Validation visits all fragments, also those that no operation spreads.
            for name in self._fragments:
                self._check_extent(self._fragment(name))
        except RecursionError:
            raise TooComplex("Fragments are nested too deeply; nest fewer.") from None

    def _check_operation(self, operation: OperationDefinitionNode) -> None:
        for definition in operation.variable_definitions or ():
            if definition.default_value:
                self._check_value(definition.default_value)
        extent = self._selection(operation.selection_set)
        self._check_extent(extent)
        _refuse("root fields", extent.roots, self._settings.root_fields)
        _refuse("aliases", self._aliases, self._settings.aliases)

    def _check_extent(self, extent: Extent) -> None:
        _refuse("levels of fields", extent.depth, self._settings.depth)
        _refuse("fields", extent.fields, self._settings.fields)
        _refuse("values of introspection", extent.introspected, _INTROSPECTED_MOST)

    def _selection(self, selection: SelectionSetNode | None) -> Extent:
        depth = fields = roots = values = introspected = 0
        names = set[str]()
        for node in selection.selections if selection else ():
            inner = self._node(node)
            depth = max(depth, inner.depth)
            fields += inner.fields
            roots += inner.roots
            values += inner.values
            introspected += inner.introspected
            if isinstance(node, FieldNode):
                name = (node.alias or node.name).value
                self.may_have_overlapping_fields |= name in names
                names.add(name)
            else:
                self.may_have_overlapping_fields = True
        return Extent(depth, fields, roots, values, introspected)

    def _node(self, node: object) -> Extent:
        match node:
            case FieldNode():
                self._aliases += node.alias is not None
                for argument in node.arguments or ():
                    self._check_value(argument.value)
                below = self._selection(node.selection_set)
                name = node.name.value
                values = _INTROSPECTED.get(name, 1) * (1 + below.values)
                introspected = values if name in _INTROSPECTION else below.introspected
                return Extent(below.depth + 1, below.fields + 1, 1, values, introspected)
            case FragmentSpreadNode(name=name):
                return self._fragment(name.value)
        return self._selection(getattr(node, "selection_set", None))

    def _fragment(self, name: str) -> Extent:
        if name not in self._measured:
            # Ends the recursion for a fragment that spreads itself, which validation rejects later.
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


def check_objects(settings: Settings, variables: Mapping[str, object]) -> None:
    """Raises TooComplex if the variables have more objects than a query can use conditions.

    Each object has at least one condition, and coercing takes as long as planning.
    """
    count, waiting = 0, list[object](variables.values())
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            count += 1
            waiting += value.values()
        elif isinstance(value, list):
            waiting += (item for item in value if isinstance(item, dict | list))
        if count > 2 * settings.complexity:
            raise TooComplex(
                f"The variables have more than {2 * settings.complexity} objects; use fewer "
                "conditions, or compare a field with many values by one `in`."
            )


def _refuse(unit: str, count: int, most: int) -> None:
    if count > most:
        raise TooComplex(f"The query has {count} {unit}; the limit is {most}.")
