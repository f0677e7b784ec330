"""Panels: the units, years and cells, and the members of each row."""

from dataclasses import dataclass

from service.plan.amounts import AmountUnit
from service.plan.pages import Page, PageMember, TypeName
from service.plan.values import Parameter


@dataclass(frozen=True, slots=True)
class PanelFact:
    """One value of a row, of one of its actors or of a cell, by its GraphQL name."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class PanelActor:
    """An actor of the row, by the name of its field."""

    key: str
    field: str
    members: tuple[TypeName | PanelFact, ...]


@dataclass(frozen=True, slots=True)
class PanelCells:
    """The cells of the row."""

    key: str
    members: tuple[TypeName | PanelFact, ...]


@dataclass(frozen=True, slots=True)
class NoActor:
    """An actor that only rows of other units have; null here."""

    key: str


PanelMember = TypeName | PanelFact | PanelActor | PanelCells | NoActor


@dataclass(frozen=True, slots=True)
class PanelUnits:
    """The actors that are units, and when.

    `first_year`, `last_year`: of the panel. `scheme`: of the codes that make actors units.
    `actors`: ids and slugs, each in a row with the key of the id. `covered`: whether coverage makes
    actors units.
    """

    first_year: Parameter
    last_year: Parameter
    scheme: Parameter | None
    actors: Parameter | None
    covered: bool


@dataclass(frozen=True, slots=True)
class Panel:
    """A page of a panel.

    `datasets`, `kinds` and `phases`: the dimensions of cells, each as rows of texts. `kind_pairs`:
    each kind with the kinds of support that it counts, and with broader kinds, marked "broader",
    whose supports may be of the narrower kind. `amounts`: the unit of the sums; None for a panel
    without sums.
    """

    unit: str
    units: PanelUnits
    datasets: Parameter
    kinds: Parameter
    kind_pairs: Parameter
    phases: Parameter | None
    amounts: AmountUnit | None
    page: Page
    members: tuple[PageMember[PanelMember], ...]
