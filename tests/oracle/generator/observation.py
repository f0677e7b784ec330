"""Records the features that queries use, so that a test can check the generator's coverage."""

from collections import Counter
from collections.abc import Iterator
from typing import Any, cast

from graphql import (
    DirectiveNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLObjectType,
    InlineFragmentNode,
    ListValueNode,
    Node,
    NullValueNode,
    ObjectFieldNode,
    OperationDefinitionNode,
    SelectionSetNode,
    TypeInfo,
    TypeInfoVisitor,
    VariableDefinitionNode,
    VariableNode,
    Visitor,
    get_named_type,
    is_abstract_type,
    is_list_type,
    parse,
    type_from_ast,
    visit,
)

from tests.oracle.generator.documents import Question
from tests.oracle.resolvers.resolvers import SCHEMA

WAYS = frozenset(
    {
        *("alias", "several roots", "several operations", "operation by name", "same key twice"),
        *("variable as argument", "variable as member", "variable as item", "variable in @oneOf"),
        *("variable with default", "variable left out", "variable is null", "variable used twice"),
        *("null argument", "list without brackets", "variables that change"),
        *("@skip by literal", "@skip by variable", "@include by literal", "@include by variable"),
        *("inline fragment", "inline fragment on Node", "inline fragment without type"),
        *("named fragment", "named fragment on Node", "fragment spread twice", "type behind Node"),
        *("first", "last", "after", "before", "after and before", "last and before"),
        *("more behind", "more ahead", "empty list", "full list", "null record"),
        *("@asOf by literal", "@asOf by variable", "@asOf revision", "@asOf time"),
        *("CREATED", "UPDATED", "DELETED"),
    }
)


def observe(question: Question, seen: Counter[str]) -> None:
    """Counts every schema coordinate and every form of request that queries use."""
    document = parse(question.document)
    info = TypeInfo(SCHEMA)
    visit(document, TypeInfoVisitor(info, _Observer(info, seen)))
    seen["several operations"] += question.document.count("query Q") > 1
    seen["operation by name"] += question.operation_name is not None
    seen["variables that change"] += question.variables[0] != question.variables[1]
    spreads = Counter(part.split()[0] for part in question.document.split("...F")[1:])
    seen["fragment spread twice"] += any(count > 1 for count in spreads.values())
    for operation in document.definitions:
        if isinstance(operation, OperationDefinitionNode):
            for variable in operation.variable_definitions or ():
                _observe_variable(question, variable, seen)


def observe_answer(value: Any, seen: Counter[str]) -> None:
    """Counts the kinds of results."""
    if isinstance(value, list):
        for each in value:
            observe_answer(each, seen)
    elif isinstance(value, dict):
        seen["more behind"] += value.get("hasNextPage") is True
        seen["more ahead"] += value.get("hasPreviousPage") is True
        for inner in value.values():
            seen["empty list"] += inner == []
            seen["full list"] += isinstance(inner, list) and len(inner) > 1
            seen["null record"] += inner is None
            if inner in ("CREATED", "UPDATED", "DELETED"):
                seen[inner] += 1
            observe_answer(inner, seen)


def coordinates() -> Iterator[str]:
    """Yields every field of every type that a query can contain."""
    found, waiting = set(), [get_named_type(cast(GraphQLObjectType, SCHEMA.query_type))]
    while waiting:
        type_ = waiting.pop()
        if type_ in found or not hasattr(type_, "fields"):
            continue
        found.add(type_)
        waiting += SCHEMA.get_possible_types(type_) if is_abstract_type(type_) else ()
        for name, field in type_.fields.items():
            if type_.name == "Query" and name in ("panel", "search"):
                # `test_panel.py` and `test_search.py` query these.
                continue
            yield f"{type_.name}.{name}"
            waiting.append(get_named_type(field.type))
            waiting += [get_named_type(each.type) for each in getattr(field, "args", {}).values()]


def _observe_variable(
    question: Question, variable: VariableDefinitionNode, seen: Counter[str]
) -> None:
    name, given = variable.variable.name.value, question.variables[0]
    seen["variable with default"] += variable.default_value is not None
    seen["variable left out"] += name not in given
    seen["variable is null"] += name in given and given[name] is None
    seen["variable used twice"] += question.document.count(f"${name}") > 2
    type_ = cast(GraphQLInputType, type_from_ast(SCHEMA, variable.type))
    _observe_value(given.get(name), type_, seen)


def _observe_value(value: Any, type_: GraphQLInputType, seen: Counter[str]) -> None:
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, dict):
            named = cast(GraphQLInputObjectType, get_named_type(type_))
            for name, inner in each.items():
                seen[f"{named.name}.{name}"] += 1
                _observe_value(inner, named.fields[name].type, seen)


class _Observer(Visitor):
    """Records the features that a document uses."""

    def __init__(self, info: TypeInfo, seen: Counter[str]) -> None:
        super().__init__()
        self._info = info
        self._seen = seen

    def enter(self, node: Node, _key: Any, parent: Any, *_: Any) -> None:
        """Visits every node of the document."""
        self._seen.update(self._noted(node, parent))

    def _noted(self, node: Node, parent: Any) -> Iterator[str]:
        match node:
            case FieldNode():
                yield f"{self._info.get_parent_type()}.{node.name.value}"
                yield from _of_field(node)
            case SelectionSetNode():
                yield from self._of_selections(node)
            case ObjectFieldNode():
                holder = self._info.get_parent_input_type()
                yield f"{get_named_type(holder)}.{node.name.value}"
                is_bare = not isinstance(node.value, ListValueNode | VariableNode)
                if is_bare and is_list_type(self._info.get_input_type()):
                    yield "list without brackets"
            case InlineFragmentNode() | FragmentDefinitionNode():
                yield from self._of_fragment(node)
            case FragmentSpreadNode():
                yield "named fragment"
            case DirectiveNode():
                is_variable = isinstance((node.arguments or ())[0].value, VariableNode)
                yield f"@{node.name.value} by {'variable' if is_variable else 'literal'}"
                yield f"@{node.name.value} {(node.arguments or ())[0].name.value}"
            case VariableNode():
                yield from self._of_variable(parent)

    def _of_selections(self, node: SelectionSetNode) -> Iterator[str]:
        fields = [each for each in node.selections if isinstance(each, FieldNode)]
        keys = [(each.alias or each.name).value for each in fields if each.selection_set]
        if len(set(keys)) < len(keys):
            yield "same key twice"
        if len(keys) > 1 and str(self._info.get_parent_type()) == "Query":
            yield "several roots"

    def _of_fragment(self, node: InlineFragmentNode | FragmentDefinitionNode) -> Iterator[str]:
        kind = "inline" if isinstance(node, InlineFragmentNode) else "named"
        if node.type_condition is None:
            yield "inline fragment without type"
        elif node.type_condition.name.value == "Node":
            yield f"{kind} fragment on Node"
        else:
            yield f"{kind} fragment"
            if str(self._info.get_parent_type()) == "Node":
                yield "type behind Node"

    def _of_variable(self, parent: Any) -> Iterator[str]:
        holder = self._info.get_parent_input_type()
        if isinstance(parent, ObjectFieldNode):
            yield "variable as member"
            if isinstance(holder, GraphQLInputObjectType) and holder.is_one_of:
                yield "variable in @oneOf"
        elif isinstance(parent, list | tuple):
            yield "variable as item"
        elif not isinstance(parent, VariableDefinitionNode):
            yield "variable as argument"


def _of_field(node: FieldNode) -> Iterator[str]:
    if node.alias:
        yield "alias"
    names = {argument.name.value for argument in node.arguments or ()}
    yield from names & {"first", "last", "after", "before"}
    if "before" in names and names & {"after", "last"}:
        yield from (f"{name} and before" for name in names & {"after", "last"})
    if any(isinstance(argument.value, NullValueNode) for argument in node.arguments or ()):
        yield "null argument"
