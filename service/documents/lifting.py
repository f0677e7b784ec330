"""Lifts the literals out of a document: documents that differ only in their literals share a plan.

A client that writes its values into the text sends a new document each time. One pass over the
tokens of a text returns its template, without the values of strings and integers, the name of its
operation, white space and comments. Whatever decides the SQL remains in the template: enums,
booleans, null, and the number of items in a list.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLInt,
    GraphQLNamedType,
    GraphQLScalarType,
    GraphQLSchema,
    IntValueNode,
    NameNode,
    Node,
    OperationDefinitionNode,
    StringValueNode,
    TypeInfo,
    TypeInfoVisitor,
    VariableNode,
    Visitor,
    get_named_type,
    get_nullable_type,
    is_list_type,
    specified_scalar_types,
    visit,
)

from service.documents.documents import Document
from service.planning.arguments import int_literal

# A token of GraphQL; the last alternative is any other character. A number includes the characters
# that must not follow a number.
_TOKEN = re.compile(
    r'"(?:[^"\\\n\r]|\\.)*"|-?[0-9][0-9A-Za-z_.+-]*|[A-Za-z_][0-9A-Za-z_]*|\.\.\.|#[^\n\r]*'
    r"|[^ \t\n\r,\ufeff]"
)
# A string without escapes, and an integer: their value is their text.
_PLAIN_STRING = re.compile('"[^"\\\\\x00-\x1f\ud800-\udfff]*"')
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)")
_STRING, _NUMBER, _NAME = "\0s", "\0i", "\0n"
# Block strings have rules of their own. NUL marks lifted literals in a template.
_NOT_LIFTED = ('"""', "\0")
_BEGINS_LITERAL = frozenset('"-0123456789')


class LiftedText(NamedTuple):
    """A text without its literals, the literals in their order, and the name of the operation."""

    template: str
    literals: Sequence[str]
    name: str | None


def lift(text: str) -> LiftedText | None:
    """The template of a text, with the lifted literals; None if the text can't be lifted."""
    for mark in _NOT_LIFTED:
        if mark in text:
            return None
    tokens: list[str] = _TOKEN.findall(text)
    if "#" in text:
        tokens = [token for token in tokens if token[0] != "#"]
    name = None
    if len(tokens) > 1 and tokens[0] == "query" and tokens[1].isidentifier():
        name, tokens[1] = tokens[1], _NAME
    literals = []
    for place, token in enumerate(tokens):
        if token[0] in _BEGINS_LITERAL:
            kind = _kind_of(token)
            if kind:
                tokens[place] = kind
                literals.append(token)
    return LiftedText(" ".join(tokens), literals, name)


def _kind_of(token: str) -> str | None:
    if token[0] == '"':
        return _STRING if _PLAIN_STRING.fullmatch(token) else None
    return _NUMBER if _INTEGER.fullmatch(token) else None


Check = Callable[[Any], Any]


class _Literal(NamedTuple):
    """A lifted literal: the variable that replaces it, and the check of its values."""

    variable: str
    check: Check | None


@dataclass(frozen=True)
class Template:
    """What the documents of one template share.

    `operation` and `fragments`: with variables in place of the literals. `_literals`: the lifted
    literals, by number. `_fixed`: the literals that were not replaced, by number, which must be the
    same in each document. `_equal`: which literals must be equal, since fields with them are
    merged; None if no fields may have to be.
    """

    operation: OperationDefinitionNode
    fragments: Mapping[str, FragmentDefinitionNode]
    variables: tuple[str, ...]
    _literals: Mapping[int, _Literal]
    _fixed: Mapping[int, str]
    _equal: tuple[int, ...] | None

    def values(self, literals: Sequence[str]) -> dict[str, Any] | None:
        """The values of the variables; None if the document must be validated separately."""
        if self._equal is not None and _equalities(literals) != self._equal:
            return None
        for number, text in self._fixed.items():
            if literals[number] != text:
                return None
        values = {}
        for number, (variable, check) in self._literals.items():
            text = literals[number]
            value = text[1:-1] if text[0] == '"' else int_literal(text)
            if check is not None:
                try:
                    check(value)
                except (GraphQLError, ValueError):
                    return None
            values[variable] = value
        return values


def template_of(schema: GraphQLSchema, document: Document) -> Template | None:
    """The template of a valid document; None if the document has more than one operation."""
    numbers = _numbers(document.text)
    types = TypeInfo(schema)
    visitor = _Replace(types, numbers)
    lifted: DocumentNode = visit(document.node, TypeInfoVisitor(types, visitor))
    operations = [d for d in lifted.definitions if isinstance(d, OperationDefinitionNode)]
    if len(operations) != 1:
        return None
    fragments = {
        definition.name.value: definition
        for definition in lifted.definitions
        if isinstance(definition, FragmentDefinitionNode)
    }
    fixed = {n: raw for n, raw in numbers.values() if n not in visitor.literals}
    equal = _equalities([raw for _, raw in numbers.values()])
    return Template(
        operations[0],
        fragments,
        tuple(literal.variable for literal in visitor.literals.values()),
        visitor.literals,
        fixed,
        equal if document.may_have_overlapping_fields else None,
    )


def _numbers(text: str) -> dict[int, tuple[int, str]]:
    """The number and the text of each literal that `lift` lifts, by its start in the text."""
    found = [(m.start(), m[0]) for m in _TOKEN.finditer(text) if m[0][0] in _BEGINS_LITERAL]
    lifted = [(start, raw) for start, raw in found if _kind_of(raw)]
    return {start: (number, raw) for number, (start, raw) in enumerate(lifted)}


def _equalities(literals: Sequence[str]) -> tuple[int, ...]:
    """For each literal, the number of the first literal that is equal to it."""
    first: dict[str, int] = {}
    return tuple(first.setdefault(text, number) for number, text in enumerate(literals))


class _Replace(Visitor):
    """Replaces literals by variables, except in directives and default values."""

    def __init__(self, types: TypeInfo, numbers: Mapping[int, tuple[int, str]]) -> None:
        super().__init__()
        self.literals: dict[int, _Literal] = {}
        self._types = types
        self._numbers = numbers

    def enter_variable_definition(self, *_: Any) -> bool:
        return False

    def enter_directive(self, *_: Any) -> bool:
        return False

    def enter_string_value(self, node: StringValueNode, *_: Any) -> Node | None:
        return self._replaced(node)

    def enter_int_value(self, node: IntValueNode, *_: Any) -> Node | None:
        return self._replaced(node)

    def _replaced(self, node: StringValueNode | IntValueNode) -> Node | None:
        expected = self._types.get_input_type()
        found = self._numbers.get(node.loc.start) if node.loc else None
        # A variable of the item's type can't replace a single value in place of a list.
        if found is None or expected is None or is_list_type(get_nullable_type(expected)):
            return None
        named = get_named_type(expected)
        number, _ = found
        # A number, since no variable of a client can have such a name.
        variable = f"{number}"
        self.literals[number] = _Literal(variable, _check_of(named))
        return VariableNode(name=NameNode(value=variable), loc=node.loc)


def _check_of(named: GraphQLNamedType) -> Check | None:
    """The check of a type's values; None for strings and ids, which accept any text.

    An Int has 32 bits, and other scalars have their own rules.
    """
    if not isinstance(named, GraphQLScalarType):
        return _refuse
    if named.name in specified_scalar_types and named is not GraphQLInt:
        return None
    return named.coerce_input_value


def _refuse(_: Any) -> None:
    raise ValueError("Only a scalar has literals.")
