"""The queries that were run before, by their text or by its template.

A text that was run before leads to its plan in one look-up. A new text may differ from another only
in its literals: then its template leads to a plan that reads them as variables. Such a plan is made
when the second text of a template arrives, so that texts that nobody varies cost no plan more.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from service.documents.documents import Documents, GraphQLRequest
from service.documents.lifting import LiftedText, Template, lift
from service.documents.recently_used import RecentlyUsed
from service.documents.variables import DeclaredVariables
from service.engine.engine import size_of
from service.engine.prepared_query import PreparedQuery
from service.observability.counters import Counters, OperationCounter
from service.settings import Settings

# Longer documents take longer to run than to understand, and would take much memory.
_KNOWN_CHARACTERS = 4_000

# Document, name of the operation, id of the document, whether that registers it.
_Key = tuple[str, str | None, str | None, bool]


class KnownQuery(NamedTuple):
    """A document and operation that were run before with plain variables."""

    variables: DeclaredVariables
    query: PreparedQuery
    operation: OperationCounter


class KnownTemplate(NamedTuple):
    """A template whose plan reads the literals as variables. `name`: of the operation."""

    variables: DeclaredVariables
    query: PreparedQuery
    template: Template
    name: str | None


# A query that is known, and its values in a request.
Found = tuple[KnownQuery, Mapping[str, Any]]


# In place of the plan of a template whose second text has not arrived yet.
_SEEN_ONCE = None


class KnownQueries:
    """The recently used ones."""

    def __init__(self, settings: Settings, counters: Counters, documents: Documents) -> None:
        """They share their plans with the cache of plans, mostly."""
        self._counters = counters
        self._documents = documents
        self._texts: RecentlyUsed[_Key, KnownQuery] = RecentlyUsed(settings.plan_cache_bytes)
        self._templates: RecentlyUsed[str, KnownTemplate | None] = RecentlyUsed(
            settings.plan_cache_bytes
        )
        # Otherwise each text has to be one of the known documents.
        self._lifts = settings.documents == "open"

    def find(self, request: GraphQLRequest) -> Found | None:
        """The query of a request, if it was run before and its variables are plain."""
        document, name, values, _, id, is_automatic = request
        known = self._texts.get((document, name, id, is_automatic))
        if known is None:
            # What was read before has variables that are not plain, or writes.
            is_new = not self._documents.has_read(document)
            return self._find_by_template(request) if is_new else None
        return (known, values) if known.variables.are_plain(values) else None

    def _find_by_template(self, request: GraphQLRequest) -> Found | None:
        lifted = self.lifted(request)
        template = lifted and self._templates.get(lifted.template)
        if not lifted or not template or not template.variables.are_plain(request.values):
            return None
        name = lifted.name or template.name
        if request.operation_name and request.operation_name != name:
            return None
        literals = template.template.values(lifted.literals)
        if literals is None:
            return None
        operation = self._counters.operation(name)
        known = KnownQuery(template.variables, template.query, operation)
        return known, {**request.values, **literals}

    def lifted(self, request: GraphQLRequest) -> LiftedText | None:
        """The template of the document, if it may lead to a plan."""
        is_text = request.document_id is None and 0 < len(request.document) <= _KNOWN_CHARACTERS
        return lift(request.document) if is_text and self._lifts else None

    def keep(self, request: GraphQLRequest, known: KnownQuery) -> LiftedText | None:
        """Keeps a query by its text if that comes the second time.

        Returns the template if another text of it has come before; a plan of that is worth while.
        """
        if len(request.document) > _KNOWN_CHARACTERS or request.registers:
            return None
        document, name, _, _, id, is_automatic = request
        key = document, name, id, is_automatic
        if self._texts.keep_if_again(key, known, size_of(key, known.query)):
            return None
        lifted = self.lifted(request)
        if lifted is None or self._templates.get(lifted.template):
            return None
        if self._templates.has(lifted.template):
            return lifted
        self._templates.keep(lifted.template, _SEEN_ONCE, len(lifted.template))
        return None

    def keep_template(self, lifted: LiftedText, known: KnownTemplate) -> None:
        """Keeps a query by its template."""
        self._templates.keep(lifted.template, known, size_of((lifted.template,), known.query))

    def forget(self, query: PreparedQuery) -> None:
        """Drops a query that the database has refused."""
        self._texts.drop(lambda known: known.query is query)
        self._templates.drop(lambda known: known is not None and known.query is query)
