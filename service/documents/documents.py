"""Parses, limits and validates GraphQL documents, and caches them by their text."""

from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from types import MappingProxyType
from typing import Any, NamedTuple

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSchema,
    NoSchemaIntrospectionCustomRule,
    OperationDefinitionNode,
    OperationType,
    OverlappingFieldsCanBeMergedRule,
    validate,
)
from graphql.validation.rules import overlapping_fields_can_be_merged as merging

from schema.values.shown import shown
from service.documents.limits import DocumentLimits
from service.documents.parser import parse
from service.documents.persisted_documents import PersistedDocuments
from service.documents.recently_used import RecentlyUsed
from service.documents.validation import Rule, quick_rules
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

# Size of the cache, in characters of text; a parsed document takes about 50 times as much memory.
_CACHE_CHARACTERS = 200_000
_COMMENTS_MOST = 1_000

# Part of the parser's message for a document that exceeds a limit.
_OVER_LIMIT = "Parsing aborted."
# The message of a validation rule that exceeds a limit.
_RULE_OVER_LIMIT = "Validation aborted."
_ERRORS_MOST = 10

# The limit of graphql-core for comparing fields: about 100 ms; the default is ten times that.
merging.MAX_COMPLEXITY_BUDGET = 30_000


class GraphQLRequest(NamedTuple):
    """The content of a request. `reads_only`: the HTTP method must not change data.

    `document` is empty if only `document_id` names it. `is_automatic`: the client registers the
    document under this id when the server requests that (an automatic persisted query).
    """

    document: str
    operation_name: str | None = None
    values: Mapping[str, Any] = MappingProxyType({})
    reads_only: bool = False
    document_id: str | None = None
    is_automatic: bool = False

    @property
    def registers(self) -> bool:
        """Whether the client sends the document to register it under its id."""
        return self.is_automatic and bool(self.document)


@dataclass(frozen=True)
class Operation:
    """One operation of a document."""

    node: OperationDefinitionNode
    variables: DeclaredVariables

    @cached_property
    def name(self) -> str | None:
        """The name; None for an anonymous operation."""
        return self.node.name.value if self.node.name else None

    @property
    def is_query(self) -> bool:
        """Whether the operation is a query."""
        return self.node.operation is OperationType.QUERY

    @property
    def is_mutation(self) -> bool:
        """Whether the operation is a mutation."""
        return self.node.operation is OperationType.MUTATION

    @property
    def is_subscription(self) -> bool:
        """Whether the operation is a subscription."""
        return self.node.operation is OperationType.SUBSCRIPTION


@dataclass(frozen=True)
class Document:
    """A valid document."""

    text: str
    node: DocumentNode
    operations: Mapping[str, Operation]
    fragments: Mapping[str, FragmentDefinitionNode]
    # Whether fields of one name may have to be merged, which requires equal arguments.
    may_have_overlapping_fields: bool

    def operation(self, name: str | None) -> Operation:
        """The operation of that name; without a name, the only one. Raises UnknownOperation."""
        if name:
            if name in self.operations:
                return self.operations[name]
            known = ", ".join(self.operations) or "none"
            raise UnknownOperation(f"Unknown operation {shown(name)}. Operations: {known}.")
        if len(self.operations) != 1:
            raise UnknownOperation("The document has several operations: set `operationName`.")
        return next(iter(self.operations.values()))


class ValidatedRequest(NamedTuple):
    """A valid operation with its coerced variables and their shape."""

    document: Document
    operation: Operation
    values: Mapping[str, Any]
    shape: Hashable


class Documents:
    """Parses and validates documents, and caches the recently used ones."""

    def __init__(self, schema: GraphQLSchema, settings: Settings) -> None:
        """Reads the folder of known documents. Raises StartError if it is invalid."""
        self.schema = schema
        self._settings = settings
        self._cache: RecentlyUsed[str, Document] = RecentlyUsed(_CACHE_CHARACTERS)
        # Other threads read long documents.
        self._lock = Lock()
        # The names of operations in known documents; the metrics count each of them.
        self.known_operations: set[str] = set()
        self._persisted = PersistedDocuments(settings, self._add_known)

    def get(self, text: str) -> Document:
        """The parsed document of a text. Raises SyntaxProblem, TooComplex or ValidationProblem."""
        with self._lock:
            document = self._cache.get(text)
        if document is None:
            document = self._read(text)
            with self._lock:
                self._cache.keep_if_again(text, document, len(text) + 100)
        return document

    def has_read(self, text: str) -> bool:
        """Whether the document of this text is cached."""
        return self._cache.has(text)

    def _add_known(self, text: str) -> None:
        document = self.get(text)
        self._cache.keep(text, document, len(text) + 100)
        self.known_operations.update(filter(None, document.operations))

    def understand(self, request: GraphQLRequest) -> ValidatedRequest:
        """Validates a request and coerces its variables.

        Raises QueryError, MalformedBody, MethodNotAllowed or DocumentNotAllowed.
        """
        document = self.get(self._text(request))
        if request.registers and request.document_id:
            # Only now, since only valid documents are registered.
            with self._lock:
                self._persisted.register(request.document_id, document.text)
        operation = document.operation(request.operation_name)
        if request.reads_only and operation.is_mutation:
            raise MethodNotAllowed("A mutation requires POST, not GET.")
        return ValidatedRequest(document, operation, *operation.variables.read(request.values))

    def _text(self, request: GraphQLRequest) -> str:
        if request.document_id is None:
            if self._persisted.only_known:
                self._persisted.allow(request.document)
            return request.document
        if request.is_automatic and not request.document:
            with self._lock:
                return self._persisted.find_automatic(request.document_id or "")
        sent = {"query": request.document or None, "documentId": request.document_id}
        return self._persisted.document_of(sent)

    def _read(self, text: str) -> Document:
        node = self._parse(text)
        limits = DocumentLimits(self._settings, node)
        limits.check()
        self._refuse_introspection(node)
        self._validate(node, quick_rules(text))
        if limits.may_have_overlapping_fields:
            self._validate(node, [OverlappingFieldsCanBeMergedRule])
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
        return Document(text, node, operations, fragments, limits.may_have_overlapping_fields)

    def _validate(self, node: DocumentNode, rules: Collection[Rule]) -> None:
        hide_suggestions = not self._settings.introspection
        errors = validate(
            self.schema, node, rules, max_errors=_ERRORS_MOST, hide_suggestions=hide_suggestions
        )
        if any(error.message == _RULE_OVER_LIMIT for error in errors):
            raise TooComplex(
                "The query has too many fields of one name, or too many fragments within each "
                "other; select each field once, and nest fewer fragments."
            )
        if errors:
            raise ValidationProblem(errors[0].message, details=in_graphql_form(errors))

    def _refuse_introspection(self, node: DocumentNode) -> None:
        if not self._settings.introspection and validate(
            self.schema, node, [NoSchemaIntrospectionCustomRule], max_errors=1
        ):
            raise IntrospectionDisabled(
                "Introspection is disabled; the operator can set ALLYGRAPH_INTROSPECTION=true."
            )

    def _operation(self, node: OperationDefinitionNode) -> Operation:
        return Operation(node, DeclaredVariables(self._settings, self.schema, node))

    def _parse(self, text: str) -> DocumentNode:
        try:
            return parse(
                text,
                characters=self._settings.document_characters,
                tokens=self._settings.document_tokens,
                comments=_COMMENTS_MOST,
            )
        except GraphQLError as error:
            if _OVER_LIMIT in error.message:
                raise TooComplex(error.message.removeprefix("Syntax Error: ")) from None
            raise SyntaxProblem(error.message, details=in_graphql_form([error])) from None
