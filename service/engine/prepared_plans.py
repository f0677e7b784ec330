"""Plans with their statements, as the cache of plans holds them: of any read, and of a query.

A query's plan also has the text of its response, split where the JSON of each statement belongs.
"""

from collections.abc import Hashable, Sequence
from typing import Protocol

import orjson

from service import plan
from service.database.executor import Row
from service.engine.budget import cost_of, fixed_cost
from service.sql.binding import Prepared
from service.sql.compile import compile_root
from service.sql.dialect import Dialect

_BYTES_OF_A_PLAN, _BYTES_OF_A_CHARACTER, _BYTES_OF_A_TUPLE = 5_000, 8, 150


class Cached(Protocol):
    """An entry of the plan cache: a prepared plan, or several of one request."""

    @property
    def fixed_cost(self) -> int | None:
        """The cost if it depends on no variable; else None."""

    @property
    def characters(self) -> int:
        """The length of the entry's SQL, in characters."""


def size_of(key: Hashable, made: Cached) -> int:
    """Estimates the size of a plan in bytes, with its key and its statements."""
    return _BYTES_OF_A_PLAN + _BYTES_OF_A_CHARACTER * made.characters + _size_of_key(key)


def _size_of_key(key: Hashable) -> int:
    """Estimates the size of a key: a shape has a tuple for each object of the variables."""
    size, waiting = 0, [key]
    while waiting:
        part = waiting.pop()
        if isinstance(part, tuple):
            size += _BYTES_OF_A_TUPLE
            waiting += part
        elif isinstance(part, str):
            size += len(part)
    return size


class PreparedPlan:
    """A plan with its statements, ready to run for every request of its shape."""

    __slots__ = ("cost", "fixed_cost", "is_current", "of_earlier", "panels", "plan", "prepared")

    def __init__(self, dialect: Dialect, query: plan.Plan) -> None:
        """Compiles each root that needs the database."""
        is_as_of = query.as_of is not None
        self.plan = query
        # Whether the plan neither names a revision nor has a `since` to check.
        self.is_current = not is_as_of and not query.since
        self.panels = _panels_of(query)
        self.cost = cost_of(query.roots)
        # A cost that depends on no variable is checked only once, when the plan is made.
        self.fixed_cost = fixed_cost(self.cost)
        self.prepared = compiled(dialect, query, as_of=is_as_of)
        # The statements that read an earlier revision. If the plan names none, they are compiled
        # when a header first names one.
        self.of_earlier = self.prepared if is_as_of else None

    @property
    def characters(self) -> int:
        """The length of the plan's SQL, in characters."""
        return self.prepared.characters


def compiled(dialect: Dialect, query: plan.Plan, *, as_of: bool) -> Prepared:
    """Compiles the statements of a plan. `as_of`: whether they read an earlier revision."""
    roots = [root for root in query.roots if not isinstance(root, plan.Constant)]
    statements = [compile_root(dialect, root, as_of=as_of) for root in roots]
    return Prepared(statements, read_all=any(map(_reads_all, roots)))


def _reads_all(root: plan.Root) -> bool:
    """Whether the root reads all supports, so that its time grows with their number."""
    return (isinstance(root, plan.SupportNetwork) and root.network.around is None) or _is_panel(
        root
    )


def _panels_of(query: plan.Plan) -> tuple[int, ...]:
    """Returns the positions of the panels among the roots that are read from the database."""
    read = (root for root in query.roots if not isinstance(root, plan.Constant))
    return tuple(place for place, root in enumerate(read) if _is_panel(root))


def _is_panel(root: plan.Root) -> bool:
    if isinstance(root, plan.PageColumns):
        return isinstance(root.page, plan.Panel)
    return isinstance(root, plan.SupportPanel)


class PreparedQuery(PreparedPlan):
    """A prepared plan of a GraphQL query."""

    __slots__ = ("parts",)

    def __init__(self, dialect: Dialect, query: plan.Plan) -> None:
        """Compiles the statements, and prepares the text around their JSON."""
        super().__init__(dialect, query)
        self.parts = _response_parts(query.roots)


def _response_parts(roots: Sequence[plan.Constant | plan.Root]) -> tuple[bytes, ...]:
    """Splits the text of the response where the JSON of each statement belongs."""
    parts = [b'{"data":{']
    for place, root in enumerate(roots):
        if isinstance(root, plan.PageColumns | plan.PathColumns | plan.NextRevision):
            raise TypeError(f"A field of a response is one JSON value, and not {root}.")
        parts[-1] += b"%s%s:" % (b"," if place else b"", orjson.dumps(root.key))
        if isinstance(root, plan.Constant):
            parts[-1] += root.json.encode()
        else:
            parts.append(b"")
    parts[-1] += b"}}"
    return tuple(parts)


def join_response(parts: Sequence[bytes], rows: Sequence[Row]) -> bytes:
    """Joins the response; a statement without a row's value contributes null."""
    response = [parts[0]]
    for place, row in enumerate(rows, 1):
        response.append(row[0] or b"null")
        response.append(parts[place])
    return b"".join(response)
