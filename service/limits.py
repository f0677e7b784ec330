"""How much one question may ask: of its document before validation, of its plan before it runs."""

from collections.abc import Callable, Iterable
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

from service import plan
from service.errors import OverBudget, TooComplex
from service.plan import Variables
from service.planning.arguments import fill
from service.settings import Settings


@dataclass(frozen=True)
class Extent:
    """How far a selection reaches, its fragments opened."""

    depth: int = 0
    fields: int = 0
    roots: int = 0


class DocumentLimits:
    """Measures one document. Fragments are measured once each, however often they are spread."""

    def __init__(self, settings: Settings, document: DocumentNode) -> None:
        """Nothing is checked yet."""
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
        """Raises TooComplex, with the limit and what was found."""
        try:
            for definition in self._document.definitions:
                if isinstance(definition, OperationDefinitionNode):
                    self._check_operation(definition)
        except RecursionError:
            raise TooComplex("The fragments of the document open each other too deep.") from None

    def _check_operation(self, operation: OperationDefinitionNode) -> None:
        extent = self._selection(operation.selection_set)
        limits = self._settings
        _refuse("fields nest", extent.depth, limits.depth, "deep")
        _refuse("the document asks for", extent.fields, limits.fields, "fields")
        _refuse("the operation has", extent.roots, limits.root_fields, "root fields")
        _refuse("the document has", self._aliases, limits.aliases, "aliases")

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
            # A fragment that opens itself is refused by validation; here it only must end.
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
    """Raises TooComplex where a filter nests too deep."""
    if depth > settings.input_depth:
        raise TooComplex(f"An argument nests more than {settings.input_depth} deep; flatten it.")


def check_variables(settings: Settings, value: object, depth: int = 0) -> None:
    """Raises TooComplex where the value of a variable nests too deep."""
    if isinstance(value, dict | list):
        check_input_depth(settings, depth)
        for item in value.values() if isinstance(value, dict) else value:
            check_variables(settings, item, depth + 1)


def _refuse(what: str, found: int, most: int, of: str) -> None:
    if found > most:
        raise TooComplex(f"Too complex: {what} {found} {of}; {most} is the most.")


# --- the node budget --------------------------------------------------------------------------

Cost = Callable[[Variables], int]


def check_budget(settings: Settings, cost: int) -> None:
    """Raises OverBudget where an answer could hold too many records."""
    if cost > settings.node_budget:
        raise OverBudget(
            f"The answer could hold {cost} records; {settings.node_budget} is the most. "
            "Ask for fewer with `first`, or nest less."
        )


def cost_of(roots: Iterable[plan.Root]) -> Cost:
    """The most records a plan's answer can hold, as a function of the request's variables."""
    costs = [_root_cost(root) for root in roots]
    return lambda variables: sum(cost(variables) for cost in costs)


def _root_cost(root: plan.Root) -> Cost:
    match root:
        case plan.Collection(connection=connection):
            return _connection_cost(connection)
        case plan.Lookup(members=members):
            return _plus_one(_members_cost(members))
        case plan.NodeLookup(choices=choices):
            return _dearest(choices)
        case plan.NodesLookup(ids=ids, choices=choices):
            each = _dearest(choices)
            return lambda variables: len(fill(ids.source, variables)) * each(variables)
    return lambda _: 1


def _dearest(choices: Iterable[plan.NodeChoice]) -> Cost:
    costs = [_plus_one(_members_cost(choice.members)) for choice in choices]
    return lambda variables: max(cost(variables) for cost in costs)


def _connection_cost(connection: plan.Connection) -> Cost:
    rows = [_row_cost(member) for member in connection.members]
    size = connection.page.size

    def cost(variables: Variables) -> int:
        each = sum(row(variables) for row in rows)
        return int(size.read(fill(size.source, variables))) * max(each, 1)

    return cost


def _row_cost(member: plan.ConnectionMember) -> Cost:
    match member:
        case plan.Nodes(members=members):
            return _plus_one(_members_cost(members))
        case plan.Edges(members=members):
            nodes = [m for m in members if isinstance(m, plan.EdgeNode)]
            costs = [_members_cost(node.members) for node in nodes]
            return lambda variables: 1 + sum(cost(variables) for cost in costs)
    return lambda _: 0


def _members_cost(members: plan.Members) -> Cost:
    costs = [cost for member in members for cost in _member_cost(member)]
    return lambda variables: sum(cost(variables) for cost in costs)


def _member_cost(member: plan.Member) -> Iterable[Cost]:
    match member:
        case plan.One(members=members):
            yield _plus_one(_members_cost(members))
        case plan.Many(connection=connection):
            yield _connection_cost(connection)
        case plan.OwnedList() | plan.ComputedObject():
            yield lambda _: 1


def _plus_one(cost: Cost) -> Cost:
    return lambda variables: 1 + cost(variables)
