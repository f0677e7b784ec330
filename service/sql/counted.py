"""Stored counts of supports: `support_count` has the number of supports with equal values.

Its columns are those of a support, so a filter can read it in place of the supports. It has no
counts of earlier revisions.
"""

from sqlmodel import SQLModel

from schema.concepts import ToOne
from schema.records.internal import support_count
from service.plan import AllOf, AnyOf, Compare, Condition, Not, Related
from service.sql.versions import Current, Versions

COUNTS = SQLModel.metadata.tables[str(support_count.SupportCount.__tablename__)]
COUNTED_BY = frozenset(support_count.COUNTED_BY)


def are_counted(versions: Versions, condition: Condition) -> bool:
    """Whether the stored counts are enough to count the supports that match the condition."""
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
