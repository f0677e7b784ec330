"""Rejects a panel for reasons that only its statement finds: unknown names, and its size."""

from collections.abc import Iterable, Sequence

from schema.analysis.panel import ROWS_MOST, UNIT_YEARS_MOST
from service.database.executor import Row
from service.errors import AllyGraphError, BadInput, OverBudget
from service.sql.panel import refusal

_NARROW = "Use fewer years (`from`, `to`), a coarser `unit`, or fewer actors."


def accepted(rows: Sequence[Row], panels: Iterable[int]) -> Sequence[Row]:
    """Returns the rows without the column that says why a panel is refused.

    Raises BadInput or OverBudget if that column has a value.
    """
    checked = list(rows)
    for place in panels:
        *columns, refused, revision = rows[place]
        if refused is not None:
            raise _error(refused.decode() if isinstance(refused, bytes) else refused)
        checked[place] = (*columns, revision)
    return checked


def _error(refused: str) -> AllyGraphError:
    what, which = refused.split(" ", 1)
    match what:
        case refusal.DATASET:
            return BadInput(f"`datasets`: there is no data set {which!r}.")
        case refusal.ACTOR:
            return BadInput(f"`actors`: there is no actor {which!r}.")
        case refusal.PHASES:
            return BadInput(
                f"The data set {which} has supports of several phases, which are never counted"
                " together: say which ones by `phases`."
            )
        case refusal.UNIT_YEARS:
            return OverBudget(
                f"The panel could have {which} actors in as many years as they are in; the limit"
                f" is {UNIT_YEARS_MOST}. {_NARROW}"
            )
    return OverBudget(f"The panel has {which} rows; the limit is {ROWS_MOST}. {_NARROW}")
