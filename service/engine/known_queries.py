"""Finds the plan of a query that has run before, by its text or by the template of its text.

A text that has run before leads to its plan in one look-up. A new text may differ from an earlier
one only in its literals; then both have one template, whose plan reads the literals as variables.
That plan is made when the second text of a template arrives, so a text that never varies costs no
additional plan.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from service.documents.documents import Documents, GraphQLRequest
from service.documents.lifting import LiftedText, Template, lift
from service.documents.recently_used import RecentlyUsed
from service.documents.variables import DeclaredVariables
from service.engine.prepared_plans import PreparedQuery, size_of
from service.observability.counters import Counters, OperationCounter
from service.settings import Settings

# Running a longer document takes longer than reading it, and caching it would take much memory.
_KNOWN_CHARACTERS = 4_000

# The document, the name of the operation, the id of a document, and whether to register it.
_Key = tuple[str, str | None, str | None, bool]


class KnownQuery(NamedTuple):
    """A document and operation that have run before with plain variables."""

    variables: DeclaredVariables
    query: PreparedQuery
    operation: OperationCounter


class KnownTemplate(NamedTuple):
    """A template with a plan that reads the literals as variables. `name`: of the operation."""

    variables: DeclaredVariables
    query: PreparedQuery
    template: Template
    name: str | None


# A known query, and the values of its variables in a request.
Found = tuple[KnownQuery, Mapping[str, Any]]


# Stands for the plan of a template of which only one text has arrived.
_SEEN_ONCE = None


class KnownQueries:
    """The recently used queries of one process."""

    def __init__(self, settings: Settings, counters: Counters, documents: Documents) -> None:
        """`settings`: with the size of each cache. Most plans are also in the cache of plans."""
        self._counters = counters
        self._documents = documents
        self._texts: RecentlyUsed[_Key, KnownQuery] = RecentlyUsed(settings.plan_cache_bytes)
        self._templates: RecentlyUsed[str, KnownTemplate | None] = RecentlyUsed(
            settings.plan_cache_bytes
        )
        # With other settings a text must be one of the persisted documents, so no template is used.
        self._lifts = settings.documents == "open"

    def find(self, request: GraphQLRequest) -> Found | None:
        """Returns the known query of a request if its variables are plain; else None."""
        document, name, values, _, id, is_automatic = request
        known = self._texts.get((document, name, id, is_automatic))
        if known is None:
            # A text that was read before has variables that are not plain, is a mutation, or
            # arrives for the second time, and is then kept by its text.
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
        """Returns the template of the document if a plan may be known for it; else None."""
        is_text = request.document_id is None and 0 < len(request.document) <= _KNOWN_CHARACTERS
        return lift(request.document) if is_text and self._lifts else None

    def keep(self, request: GraphQLRequest, known: KnownQuery) -> LiftedText | None:
        """Keeps a query by its text when the text arrives for the second time.

        Returns the template if another text of it has arrived before: the caller then makes a plan
        for the template.
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
