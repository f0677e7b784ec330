"""Panels: which units in which years, which cells, and what to select of each row."""

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
    """An actor that rows of another unit have."""

    key: str


PanelMember = TypeName | PanelFact | PanelActor | PanelCells | NoActor


@dataclass(frozen=True, slots=True)
class PanelUnits:
    """Which actors are units, and when.

    `first_year` and `last_year`: of the panel. `scheme`: of the codes that make units; `actors`:
    slugs, each as a row. `covered`: whether coverage makes units.
    """

    first_year: Parameter
    last_year: Parameter
    scheme: Parameter | None
    actors: Parameter | None
    covered: bool


@dataclass(frozen=True, slots=True)
class Panel:
    """A page of a panel.

    `datasets`, `kinds` and `phases` are what cells are of, each as rows of texts; `kind_pairs` are
    the kinds of support that each kind counts, with "broader" those that may be of it. `amounts`:
    of the sums; None without any.
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
