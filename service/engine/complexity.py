"""How much work a plan is to compile, known before it is compiled.

Each part of a plan counts as often as the plan holds it: a variable that is used fifty times counts
fifty times. A unit is about a tenth of a millisecond.
"""

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from service import plan
from service.errors import TooComplex
from service.settings import Settings

# Measured for documents with a hundred of each.
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
    # Its sums, units and years, whatever is selected of them.
    plan.Totals: 200,
    plan.PartTotals: 5,
    plan.AmountTotals: 5,
    # Its levels, whatever is selected of them.
    plan.Network: 100,
    plan.Paths: 100,
    plan.PathSteps: 250,
    plan.EdgeDatasets: 10,
    plan.EdgeParts: 10,
    # Its words, texts and passages, whatever is selected of them.
    plan.Search: 120,
    # Its units, coverage and counts, whatever is selected of them.
    plan.Panel: 200,
    plan.PanelCells: 20,
    # Its degrees, shares and period, whatever is selected of them.
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
# The changes of all records read the fields of each type of record.
_TYPES_OF_A_LOG = 5
# SQLite reads the conditions of a network or of paths again for each use of what is made of them.
_USES_OF_LINKS, _USES_OF_WALKS = 50, 30
# The walk enters parts of a plan, but not the fields of the schema that they name.
_PACKAGE = plan.__name__


def check_complexity(settings: Settings, roots: Iterable[plan.Constant | plan.Root]) -> int:
    """The complexity of a plan with these roots. Raises TooComplex if it is too high."""
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
    """Raises TooComplex if a query compares with too many values of lists."""
    if count > settings.list_values:
        raise TooComplex(
            f"The lists of the query have {count} values, counted as often as each list is used; "
            f"the limit is {settings.list_values}. Send several queries."
        )
