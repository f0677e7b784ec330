"""Supports that are counted already, with all that are alike: `support_count` has their numbers.

Its columns are those of a support, so a filter reads it in the place of the supports. There are no
numbers of earlier revisions.
"""

from sqlmodel import SQLModel

from schema.concepts import ToOne
from schema.records import support_count
from service.plan import AllOf, AnyOf, Compare, Condition, Not, Related
from service.sql.versions import Current, Versions

COUNTS = SQLModel.metadata.tables[str(support_count.SupportCount.__tablename__)]
COUNTED_BY = frozenset(support_count.COUNTED_BY)


def are_counted(versions: Versions, condition: Condition) -> bool:
    """Whether the numbers answer how many supports match the condition."""
    return isinstance(versions, Current) and _is_counted_by(condition)


def _is_counted_by(condition: Condition) -> bool:
    match condition:
        case AllOf(conditions) | AnyOf(conditions):
            return all(map(_is_counted_by, conditions))
        case Not(inner):
            return _is_counted_by(inner)
        case Compare(attribute):
            return attribute.column.name in COUNTED_BY
        case Related(edge=ToOne() as edge):
            return edge.column.name in COUNTED_BY
    return False
