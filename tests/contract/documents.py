"""Random GraphQL documents, changed so that the service accepts them.

schemathesis ignores `@oneOf` and the limit of pages, so that nearly all its documents would be
refused.
"""

from typing import Any

from graphql import (
    REMOVE,
    ArgumentNode,
    DocumentNode,
    EnumValueNode,
    FieldNode,
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLSchema,
    IntValueNode,
    NameNode,
    NullValueNode,
    ObjectFieldNode,
    ObjectValueNode,
    StringValueNode,
    TypeInfo,
    TypeInfoVisitor,
    ValueNode,
    Visitor,
    get_named_type,
    visit,
)

_PAGE_MOST = 20
# No random text is a valid cursor.
_CURSORS = ("after", "before")


def askable(document: DocumentNode, schema: GraphQLSchema) -> DocumentNode:
    """Returns the document with one field in each @oneOf object, and with valid page sizes."""
    types = TypeInfo(schema)
    return visit(document, TypeInfoVisitor(types, _Askable(types)))


class _Askable(Visitor):
    def __init__(self, types: TypeInfo) -> None:
        super().__init__()
        self._types = types

    def leave_object_value(self, node: ObjectValueNode, *_: Any) -> Any:
        type_ = get_named_type(self._types.get_input_type())
        if not (isinstance(type_, GraphQLInputObjectType) and type_.is_one_of):
            return None
        known = [field for field in node.fields if not isinstance(field.value, NullValueNode)]
        return _with(node, fields=(known[0] if known else _simplest(type_),))

    def leave_argument(self, node: ArgumentNode, *_: Any) -> Any:
        if node.name.value in _CURSORS:
            return REMOVE
        if node.name.value in ("first", "last") and isinstance(node.value, IntValueNode):
            size = 1 + abs(int(node.value.value)) % _PAGE_MOST
            return _with(node, value=IntValueNode(value=str(size)))
        return None

    def leave_field(self, node: FieldNode, *_: Any) -> Any:
        """Keeps only the first of `first` and `last`."""
        sizes = [each for each in node.arguments if each.name.value in ("first", "last")]
        rest = tuple(each for each in node.arguments if each not in sizes[1:])
        return _with(node, arguments=rest)


def _simplest(type_: GraphQLInputObjectType) -> ObjectFieldNode:
    """Returns a sort direction, an identifier, or the first number of an amount."""
    name = "id" if "id" in type_.fields else next(iter(type_.fields))
    value: ValueNode
    match get_named_type(type_.fields[name].type):
        case GraphQLEnumType():
            value = EnumValueNode(value="ASC")
        case GraphQLInputObjectType() as inner:
            value = ObjectValueNode(fields=(_simplest(inner),))
        case _:
            value = StringValueNode(value="actor_1")
    return ObjectFieldNode(name=NameNode(value=name), value=value)


def _with(node: Any, **changes: Any) -> Any:
    return type(node)(**{name: getattr(node, name, None) for name in node.keys} | changes)
