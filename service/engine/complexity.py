"""The complexity of a plan: an estimate of the work to compile it, made before it is compiled.

A part counts as often as the plan contains it: a variable used fifty times counts fifty times. A
unit is about a tenth of a millisecond.
"""

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from service import plan
from service.errors import TooComplex
from service.settings import Settings

# Measured with documents that contain a hundred of each part.
_WEIGHTS = {
    plan.Value: 1,
    plan.One: 1,
    plan.OwnedList: 5,
    plan.ComputedObject: 10,
    plan.Compare: 1,
    plan.Named: 1,
    plan.Holds: 2,
    plan.Related: 2,
    plan.Valid: 4,
    plan.Assessed: 10,
    plan.Connection: 6,
    plan.OrderKey: 4,
    # Compiles sums, units and years, whatever is selected.
    plan.Totals: 200,
    plan.PartTotals: 5,
    plan.AmountTotals: 5,
    # Compiles the levels of the walk, whatever is selected.
    plan.Network: 100,
    plan.Paths: 100,
    plan.PathSteps: 250,
    plan.EdgeDatasets: 10,
    plan.EdgeParts: 10,
    # Compiles words, texts and passages, whatever is selected.
    plan.Search: 120,
    # Compiles units, coverage and counts, whatever is selected.
    plan.Panel: 200,
    plan.PanelCells: 20,
    # Compiles degrees, shares and the period, whatever is selected.
    plan.Position: 150,
    plan.KindDegrees: 20,
    plan.Supply: 50,
    plan.PageFact: 4,
    plan.Lookup: 5,
    plan.NodeLookup: 110,
    plan.NodesLookup: 110,
    plan.Changes: 18,
    plan.ChangeLog: 110,
    plan.FieldChanges: 75,
}
# The changes of all records select the fields of each type of record.
_TYPES_OF_A_LOG = 5
# SQLite parses the conditions of a network or of paths again wherever the statement uses their
# rows.
_USES_OF_LINKS, _USES_OF_WALKS = 50, 30
# Limits the recursion to the parts of a plan; it must not follow concepts of the schema.
_PACKAGE = plan.__name__


def check_complexity(settings: Settings, roots: Iterable[plan.Constant | plan.Root]) -> int:
    """Returns the complexity of a plan with these roots. Raises TooComplex above the limit."""
    complexity = sum(map(_complexity, roots))
    if complexity > settings.complexity:
        raise TooComplex(
            f"The query has a complexity of {complexity}; the limit is {settings.complexity}. "
            "Use fewer conditions, edges, pages or histories, compare a field with many values by "
            "one `in`, or send several queries."
        )
    return complexity


def _complexity(part: Any) -> int:
    if isinstance(part, tuple):
        return sum(map(_complexity, part))
    if not type(part).__module__.startswith(_PACKAGE) or not hasattr(part, "__dataclass_fields__"):
        return 0
    inner = sum(_complexity(getattr(part, field.name)) for field in fields(part))
    if isinstance(part, plan.ChangeLog):
        inner *= _TYPES_OF_A_LOG
    if isinstance(part, plan.Paths):
        inner += (_USES_OF_WALKS - 1) * _complexity((part.start, part.end, part.where))
    if isinstance(part, plan.Network):
        inner += (_USES_OF_LINKS - 1) * _complexity((part.where, part.around or ()))
    return _WEIGHTS.get(type(part), 0) + inner


def check_lists(settings: Settings, count: int) -> None:
    """Raises TooComplex if the lists of a query have more values than the limit."""
    if count > settings.list_values:
        raise TooComplex(
            f"The lists of the query have {count} values, counted as often as each list is used; "
            f"the limit is {settings.list_values}. Send several queries."
        )
