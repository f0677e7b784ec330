"""GraphQL documents: parsed, measured and validated once, then kept by their text."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any, NamedTuple

from cachetools import LRUCache
from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSchema,
    NoSchemaIntrospectionCustomRule,
    OperationDefinitionNode,
    OperationType,
    parse,
    validate,
)

from service.documents.limits import DocumentLimits
from service.documents.persisted_documents import PersistedDocuments
from service.documents.variables import DeclaredVariables
from service.errors import (
    IntrospectionDisabled,
    MethodNotAllowed,
    SyntaxProblem,
    TooComplex,
    UnknownOperation,
    ValidationProblem,
    in_graphql_form,
)
from service.settings import Settings

# Texts kept at a time, in characters: a parsed document takes about a hundred times its text.
_KEPT_CHARACTERS = 300_000
_COMMENTS_MOST = 1_000

# What the parser says of a document that is over one of its limits.
_OVER_LIMIT = "Parsing aborted."
_ERRORS_MOST = 10


class GraphQLRequest(NamedTuple):
    """What a client sends. `reads_only`: it came by a method that may not change anything.

    `document` is empty where `document_id` alone names it.
    """

    document: str
    operation_name: str | None = None
    values: Mapping[str, Any] = MappingProxyType({})
    reads_only: bool = False
    document_id: str | None = None


@dataclass(frozen=True)
class Operation:
    """One operation of a document."""

    node: OperationDefinitionNode
    variables: DeclaredVariables

    @cached_property
    def name(self) -> str | None:
        """Its name, if it has one."""
        return self.node.name.value if self.node.name else None

    @property
    def is_query(self) -> bool:
        """Whether it only reads."""
        return self.node.operation is OperationType.QUERY

    @property
    def is_mutation(self) -> bool:
        """Whether it writes."""
        return self.node.operation is OperationType.MUTATION

    @property
    def is_subscription(self) -> bool:
        """Whether it follows what is written."""
        return self.node.operation is OperationType.SUBSCRIPTION


@dataclass(frozen=True)
class Document:
    """A valid document."""

    text: str
    node: DocumentNode
    operations: Mapping[str, Operation]
    fragments: Mapping[str, FragmentDefinitionNode]

    def operation(self, name: str | None) -> Operation:
        """The operation of that name; without a name, the only one. Raises UnknownOperation."""
        if name:
            if name in self.operations:
                return self.operations[name]
            known = ", ".join(self.operations) or "none"
            raise UnknownOperation(f"There is no operation {name!r} here; there is: {known}.")
        if len(self.operations) != 1:
            raise UnknownOperation("The document has several operations: say operationName.")
        return next(iter(self.operations.values()))


class Asked(NamedTuple):
    """A question understood: valid, its variables checked."""

    document: Document
    operation: Operation
    values: Mapping[str, Any]
    shape: Hashable


class Documents:
    """Every document met lately."""

    def __init__(self, schema: GraphQLSchema, settings: Settings) -> None:
        """The cache is bounded by the length of the texts in it.

        Raises StartError where the folder of known documents is not what it should be.
        """
        self.schema = schema
        self._settings = settings
        self._kept: LRUCache[str, Document] = LRUCache(
            _KEPT_CHARACTERS, getsizeof=lambda document: len(document.text) + 100
        )
        # What the operator knows has a name of its own in whatever is counted.
        self.known_operations: set[str] = set()
        self._persisted = PersistedDocuments(settings, self._know)

    def get(self, text: str) -> Document:
        """The document of a text. Raises SyntaxProblem, TooComplex or ValidationProblem."""
        document = self._kept.get(text)
        if document is None:
            document = self._read(text)
            if len(text) + 100 <= self._kept.maxsize:
                self._kept[text] = document
        return document

    def _know(self, text: str) -> None:
        self.known_operations.update(filter(None, self.get(text).operations))

    def understand(self, question: GraphQLRequest) -> Asked:
        """The operation asked for, with its values.

        Raises QuestionError, MalformedBody, MethodNotAllowed or DocumentNotAllowed.
        """
        document = self.get(self._text(question))
        operation = document.operation(question.operation_name)
        if question.reads_only and operation.is_mutation:
            raise MethodNotAllowed("GET changes nothing; send a mutation by POST.")
        return Asked(document, operation, *operation.variables.read(question.values))

    def _text(self, question: GraphQLRequest) -> str:
        if question.document_id is None:
            self._persisted.allow(question.document)
            return question.document
        sent = {"query": question.document or None, "documentId": question.document_id}
        return self._persisted.asked(sent)

    def _read(self, text: str) -> Document:
        node = self._parse(text)
        DocumentLimits(self._settings, node).check()
        self._refuse_introspection(node)
        hides = not self._settings.introspection
        errors = validate(self.schema, node, max_errors=_ERRORS_MOST, hide_suggestions=hides)
        if errors:
            raise ValidationProblem(errors[0].message, details=in_graphql_form(errors))
        operations = {
            definition.name.value if definition.name else "": self._operation(definition)
            for definition in node.definitions
            if isinstance(definition, OperationDefinitionNode)
        }
        fragments = {
            definition.name.value: definition
            for definition in node.definitions
            if isinstance(definition, FragmentDefinitionNode)
        }
        return Document(text, node, operations, fragments)

    def _refuse_introspection(self, node: DocumentNode) -> None:
        if not self._settings.introspection and validate(
            self.schema, node, [NoSchemaIntrospectionCustomRule], max_errors=1
        ):
            raise IntrospectionDisabled(
                "This service does not tell its schema (ALLYGRAPH_INTROSPECTION)."
            )

    def _operation(self, node: OperationDefinitionNode) -> Operation:
        return Operation(node, DeclaredVariables(self._settings, self.schema, node))

    def _parse(self, text: str) -> DocumentNode:
        try:
            return parse(
                text,
                max_lexical_tokens=self._settings.document_tokens,
                max_comments=_COMMENTS_MOST,
                max_source_length=self._settings.document_characters,
            )
        except GraphQLError as error:
            if _OVER_LIMIT in error.message:
                raise TooComplex(error.message.removeprefix("Syntax Error: ")) from None
            raise SyntaxProblem(error.message, details=in_graphql_form([error])) from None
