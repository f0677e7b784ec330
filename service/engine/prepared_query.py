"""A prepared plan with the text of its response, split where the JSON of each statement belongs."""

from collections.abc import Sequence

import orjson

from service import plan
from service.database.executor import Row
from service.engine.engine import PreparedPlan
from service.sql.dialect import Dialect


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
