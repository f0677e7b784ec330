"""Plans a GraphQL operation."""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, partial
from typing import Any

from graphql import FragmentDefinitionNode, OperationDefinitionNode, SelectionSetNode

from schema.assessment import Computed
from schema.concepts import (
    COLLECTIONS,
    CONCEPTS,
    LOOKUPS,
    NODES,
    Attribute,
    Concept,
    Group,
    Owned,
    ToMany,
    ToOne,
)
from schema.counting import ESTIMATE
from schema.vocabulary import SUPPORT_KINDS, Term
from service import plan
from service.errors import BadInput, TooComplex
from service.planning.arguments import Arguments, arguments_of, as_list, number_of_values
from service.planning.as_of import moment
from service.planning.changes import ChangesSelector
from service.planning.conditions import named, where_condition
from service.planning.fields import FieldCollector, SelectedField, Selections
from service.planning.network import NetworkSelector
from service.planning.page_members import PageMembers
from service.planning.paging import order_of, page_of
from service.planning.panel import PanelSelector
from service.planning.paths import PathSelector, unknown_steps
from service.planning.position import PositionSelector
from service.planning.search import SearchSelector
from service.planning.totals import TotalsSelector
from service.planning.values import read_node_id

NODES_MOST = 500


class Selector:
    """Plans one operation for one shape of variables."""

    def __init__(
        self,
        fragments: Mapping[str, FragmentDefinitionNode],
        variables: Arguments,
        *,
        name_types: bool = False,
        most_values: int = sys.maxsize,
    ) -> None:
        """`name_types`: whether to select the type of every object behind an interface.

        graphql-core needs the type to complete a result. `most_values`: the limit of the values in
        all arguments; a variable counts as often as it is used.
        """
        self._fields = FieldCollector(fragments, variables)
        self._variables = variables
        self._name_types = name_types
        self._most_values = self._values_left = most_values

    @cached_property
    def _changes(self) -> ChangesSelector:
        return ChangesSelector(self._collect, self._members, self._choices)

    def query(self, operation: OperationDefinitionNode) -> plan.Plan:
        """Plans a query."""
        as_of = moment_of(operation, self._variables)
        fields = list(self._collect(operation.selection_set, "Query"))
        introspects = any(field.name in ("__schema", "__type") for field in fields)
        roots = tuple(
            self._root(field) for field in fields if field.name not in ("__schema", "__type")
        )
        since = tuple(r.changes.since for r in roots if isinstance(r, plan.ChangeLog))
        return plan.Plan(roots, introspects, as_of, tuple(filter(None, since)))

    def subscription(self, operation: OperationDefinitionNode) -> plan.Following:
        """Plans a subscription."""
        (field,) = self._collect(operation.selection_set, "Subscription")
        arguments = self._arguments(field)
        return self._changes.following(field.key, arguments, field.selections)

    # --- roots ----------------------------------------------------------------------------------

    def _root(self, field: SelectedField) -> plan.Constant | plan.Root:
        arguments = self._arguments(field)
        match field.name:
            case "__typename":
                return plan.Constant(field.key, '"Query"')
            case "node":
                id = plan.Parameter(arguments["id"], read_node_id)
                return plan.NodeLookup(field.key, id, self._choices(field), self._change(field))
            case "nodes":
                ids = plan.Parameter(as_list(arguments["ids"]), _read_ids)
                return plan.NodesLookup(field.key, ids, self._choices(field), self._change(field))
            case "supportKinds":
                roots = SUPPORT_KINDS.children(None)
                infos = [self._kind_info(term, field.selections) for term in roots]
                return plan.Constant(field.key, json.dumps(infos, separators=(",", ":")))
            case "supportTotals":
                selector = TotalsSelector(self._collect, self._members)
                totals = selector.totals(arguments, field.selections)
                return plan.SupportTotals(field.key, totals)
            case "network":
                network = NetworkSelector(self._collect, self._members)
                return plan.SupportNetwork(field.key, network.network(arguments, field.selections))
            case "paths":
                paths = PathSelector(self._collect, self._members, self._supports)
                return plan.SupportPaths(field.key, paths.paths(arguments, field.selections))
            case "pathsUnknownCount":
                return unknown_steps(field.key, arguments)
            case "search":
                search = SearchSelector(self._collect, self._choices)
                return plan.SearchHits(field.key, search.search(arguments, field.selections))
            case "panel":
                panel = PanelSelector(self._collect).panel(arguments, field.selections)
                return plan.SupportPanel(field.key, panel)
            case "changes":
                return plan.ChangeLog(field.key, self._changes.log(arguments, field.selections))
            case "revision":
                concept = CONCEPTS["Revision"]
                members = self._members(concept, field.selections)
                return plan.LatestRevision(field.key, concept, members)
            case name if name in COLLECTIONS:
                connection = self._connection(COLLECTIONS[name], arguments, field.selections)
                return plan.Collection(field.key, connection)
        return self._lookup(field, arguments)

    def _lookup(self, field: SelectedField, arguments: Arguments) -> plan.Lookup:
        concept = LOOKUPS[field.name]
        where = named(concept, arguments.get("by", arguments))
        return plan.Lookup(field.key, concept, where, self._members(concept, field.selections))

    def _choices(
        self, field: SelectedField, concepts: Sequence[Concept] = NODES
    ) -> tuple[plan.NodeChoice, ...]:
        return tuple(
            plan.NodeChoice(concept, (*self._hidden_type(concept.name), *members))
            for concept in concepts
            for members in [self._members(concept, field.selections)]
        )

    def _change(self, field: SelectedField) -> tuple[plan.ChangeMember, ...]:
        return (*self._hidden_type("Change"), *self._changes.change(field.selections))

    def _hidden_type(self, name: str) -> Iterator[plan.TypeName]:
        if self._name_types:
            yield plan.TypeName("__typename", name)

    def _kind_info(self, term: Term, selections: Selections) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for field in self._collect(selections, "SupportKindInfo"):
            match field.name:
                case "__typename":
                    values[field.key] = "SupportKindInfo"
                case "kind":
                    values[field.key] = term.code
                case "children":
                    below = SUPPORT_KINDS.children(term.code)
                    values[field.key] = [self._kind_info(t, field.selections) for t in below]
                case name:
                    values[field.key] = getattr(term, name)
        return values

    def _arguments(self, field: SelectedField) -> Arguments:
        """Returns the arguments of a field.

        Raises TooComplex before their conditions are planned.
        """
        arguments = arguments_of(field.nodes[0], self._variables)
        self._values_left -= number_of_values(arguments, self._values_left)
        if self._values_left < 0:
            raise TooComplex(
                f"The arguments of the query have more than {self._most_values} values, counted as "
                "often as they are used. Use fewer conditions, compare a field with many values by "
                "one `in`, or send several queries."
            )
        return arguments

    # --- records --------------------------------------------------------------------------------

    def _members(self, concept: Concept, selections: Selections) -> plan.Members:
        names = {concept.name} | ({"Record", "Node"} if concept.is_node else set())
        fields = self._collect(selections, *names)
        return tuple(self._member(concept, field) for field in fields)

    def _member(self, concept: Concept, field: SelectedField) -> plan.Member:
        if field.name == "__typename":
            return _type_name(field, concept.name)
        if field.name == "history" and concept.is_node:
            arguments = self._arguments(field)
            return plan.History(field.key, self._changes.history(arguments, field.selections))
        if field.name == "position" and concept.name == "Actor":
            selector = PositionSelector(self._collect, self._members)
            position = selector.position(self._arguments(field), field.selections)
            return plan.Positions(field.key, position)
        match concept.members[field.name]:
            case Attribute() as attribute:
                return plan.Value(field.key, attribute)
            case Group() as group:
                values = self._values(group.type_name, group.attributes, field.selections)
                return plan.Grouped(field.key, group, values)
            case ToOne() as edge:
                members = self._members(CONCEPTS[edge.target], field.selections)
                return plan.One(field.key, edge, members)
            case ToMany() as edge:
                arguments = self._arguments(field)
                target = CONCEPTS[edge.target]
                return plan.Many(
                    field.key, edge, self._connection(target, arguments, field.selections)
                )
            case Owned() as owned:
                values = self._values(owned.type_name, owned.attributes, field.selections)
                return plan.OwnedList(field.key, owned, values)
            case Computed() as computed:
                return plan.ComputedObject(field.key, computed, self._computed(computed, field))

    def _values(
        self, type_name: str, attributes: Mapping[str, Attribute], selections: Selections
    ) -> tuple[plan.TypeName | plan.Value, ...]:
        return tuple(
            _type_name(field, type_name)
            if field.name == "__typename"
            else plan.Value(field.key, attributes[field.name])
            for field in self._collect(selections, type_name)
        )

    def _computed(
        self, computed: Computed, field: SelectedField
    ) -> tuple[plan.TypeName | plan.Calculated, ...]:
        return tuple(
            _type_name(inner, computed.type_name)
            if inner.name == "__typename"
            else plan.Calculated(inner.key, inner.name)
            for inner in self._collect(field.selections, computed.type_name)
        )

    # --- connections ----------------------------------------------------------------------------

    def _supports(self, field: SelectedField) -> plan.Connection:
        return self._connection(CONCEPTS["Support"], self._arguments(field), field.selections)

    def _connection(
        self, concept: Concept, arguments: Arguments, selections: Selections
    ) -> plan.Connection:
        order = order_of(concept, arguments.get("orderBy"))
        members = PageMembers(
            self._collect,
            concept.name,
            partial(self._members, concept),
            is_estimated=lambda field: self._arguments(field).get("accuracy") == ESTIMATE,
        )
        return plan.Connection(
            concept,
            where_condition(concept, arguments.get("where")),
            order,
            page_of(concept, order, arguments),
            members.read(selections),
        )

    def _collect(
        self, selections: SelectionSetNode | Selections, *type_names: str
    ) -> Iterator[SelectedField]:
        sets = (selections,) if isinstance(selections, SelectionSetNode) else selections
        return self._fields.collect(frozenset(type_names), sets)


def moment_of(operation: OperationDefinitionNode, variables: Arguments) -> plan.Moment | None:
    """Returns the moment that `@asOf` names, or None without the directive."""
    for directive in operation.directives or ():
        if directive.name.value == "asOf":
            return moment(arguments_of(directive, variables))
    return None


def _type_name(field: SelectedField, name: str) -> plan.TypeName:
    return plan.TypeName(field.key, name)


def _read_ids(values: list[Any]) -> list[tuple[str, int, int]]:
    # Plain tuples, because orjson, which binds the list, rejects named tuples.
    if len(values) > NODES_MOST:
        raise BadInput(f"`ids` has {len(values)} ids; the limit is {NODES_MOST}.")
    return [(table, key, revision) for table, key, revision in map(read_node_id, values)]
