"""The columns of a panel: data sets, kinds, phases and sides, in the order of the request.

kinds     the kinds of the request
pairs     each kind of the request with the kinds that it counts, and with the broader kinds
phases    the phases of the request, if it names any
columns   a row for each cell
"""

from functools import cached_property
from typing import Any

from sqlalchemy import case, null, select, true, union_all

from schema.analysis.panel import UNITS
from service import plan
from service.sql.binding import Binding
from service.sql.dialect import Expression
from service.sql.panel.looking import Looking
from service.sql.reading import ONCE
from service.sql.texts import number, own_text


class Columns:
    """The cells that each row has."""

    def __init__(self, binding: Binding, panel: plan.Panel, looking: Looking) -> None:
        """Binds the kinds and phases of the request."""
        self._binding = binding
        self._panel = panel
        self._looking = looking

    def _listed(self, rows: plan.Parameter, width: int) -> tuple[Expression, ...]:
        dialect = self._binding.dialect
        return dialect.texts_listed(self._binding.list_of(rows, dialect.records_form), width)

    @cached_property
    def pairs(self) -> Any:
        """The kinds that each kind counts.

        `how`: `BROADER` if the counted kind is broader, else empty.
        """
        _, *texts = self._listed(self._panel.kind_pairs, 3)
        names = ("kind", "counted", "how")
        each = (text.label(name) for text, name in zip(texts, names, strict=True))
        return select(*each).cte("pairs").prefix_with(ONCE)

    @cached_property
    def phases(self) -> Any:
        """The phases of the request, or None if it names none."""
        if self._panel.phases is None:
            return None
        place, phase = self._listed(self._panel.phases, 1)
        query = select(place.label("place"), phase.label("phase"))
        return query.cte("phases").prefix_with(ONCE)

    @cached_property
    def columns(self) -> Any:
        """A row for each cell of a panel's row, sorted by the columns of `order`."""
        place, code = self._listed(self._panel.kinds, 1)
        kinds = select(place.label("place"), code.label("kind")).subquery("asked_kinds")
        datasets, kind = self._looking.datasets, kinds.c.kind
        is_looked_for = self._looking.looks_for(kind, datasets.c.dataset_id, self.pairs)
        selected = [
            *datasets.c,
            kinds.c.place.label("kind_place"),
            kind,
            case((is_looked_for, number(1)), else_=number(0)).label("is_looked_for"),
        ]
        source: Any = datasets.join(kinds, true())
        if self.phases is not None:
            source = source.join(self.phases, true())
            selected += [self.phases.c.place.label("phase_place"), self.phases.c.phase]
        sides = _sides(UNITS[self._panel.unit].sides)
        if sides is not None:
            source = source.join(sides, true())
            selected += [sides.c.side_place, sides.c.side]
        return select(*selected).select_from(source).cte("columns").prefix_with(ONCE)

    @property
    def order(self) -> list[Expression]:
        """The columns that sort the cells of a row."""
        names = ("place", "kind_place", "phase_place", "side_place")
        return [self.columns.c[name] for name in names if name in self.columns.c]

    def value(self, name: str) -> Expression:
        """The phase or the side of a cell; null if cells are not split by it."""
        found: Expression = self.columns.c[name] if name in self.columns.c else null()
        return found


def _sides(sides: tuple[str, ...]) -> Any:
    if not sides:
        return None
    each = (
        select(number(place).label("side_place"), own_text(side).label("side"))
        for place, side in enumerate(sides)
    )
    return union_all(*each).subquery("sides")
