"""Where the data sets of a panel looked: in their whole period, or as their coverage says.

listed    the data sets that the request names, by key
looking   each data set: its period, and whether records or words state where it looked
records   the coverage records of the data sets, with the days that each covers
"""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from sqlalchemy import Select, and_, case, func, literal_column, or_, select
from sqlmodel import SQLModel

from schema.analysis.panel import GIVEN, RECEIVED
from schema.concepts import CONCEPTS, Concept
from service import plan
from service.sql.binding import Binding
from service.sql.conditions import key_of
from service.sql.dialect import Expression, Source
from service.sql.periods import looks_from, looks_until
from service.sql.reading import ONCE
from service.sql.texts import own_text
from service.sql.versions import Versions

# Returns the first or the last day that a record covers.
_Day = Callable[[Versions, Concept, Source], Expression]
_COVERAGE, _DATASET = CONCEPTS["Coverage"], CONCEPTS["Dataset"]
_ACTOR_KINDS = SQLModel.metadata.tables["dataset_actor_kind"]
_SUPPORT_KINDS = SQLModel.metadata.tables["dataset_support_kind"]
_EITHER = "AS_EITHER"
# The roles in which coverage includes an actor, by the side of the actor's supports.
ROLES = {GIVEN: ("AS_SUPPORTER", _EITHER), RECEIVED: ("AS_RECIPIENT", _EITHER)}


class Looking:
    """The data sets of a panel, and their coverage."""

    def __init__(self, binding: Binding, versions: Versions, panel: plan.Panel) -> None:
        """Binds the slugs of the data sets."""
        self._binding = binding
        self._versions = versions
        self._panel = panel

    @cached_property
    def listed(self) -> Any:
        """The slugs of the request, each with the key of its data set; null if unknown."""
        dialect = self._binding.dialect
        slugs = self._binding.list_of(self._panel.datasets, dialect.records_form)
        place, slug = dialect.texts_listed(slugs, 1)
        key = key_of(self._versions, _DATASET.table.c.slug, slug)
        return (
            select(place.label("place"), slug.label("slug"), key.label("dataset_id"))
            .cte("listed")
            .prefix_with(ONCE)
        )

    @cached_property
    def unknown(self) -> Expression:
        """The first unknown slug; null if there is none."""
        query = select(self.listed.c.slug).where(self.listed.c.dataset_id.is_(None))
        return query.order_by(self.listed.c.place).limit(1).scalar_subquery()

    @cached_property
    def datasets(self) -> Any:
        """The data sets. `is_whole`: whether it looked at every actor of its scope.

        `of_any_actor`: whether it looks at actors of all kinds. `is_towards_one`: whether all its
        coverage has the same counterpart, or none.
        """
        rows = self._versions.rows_of(_DATASET.table)
        records = self._versions.rows_of(_COVERAGE.table)
        has_records = self._has(records, records.c.dataset_id == rows.c.id)
        kinds = self._versions.rows_of(_ACTOR_KINDS)
        has_kinds = self._has(kinds, kinds.c.dataset_id == rows.c.id)
        in_words = and_(~has_records, rows.c.scope.is_not(None))
        found = and_(rows.c.id == self.listed.c.dataset_id, *self._versions.holding(rows))
        return (
            select(
                self.listed.c.place,
                rows.c.id.label("dataset_id"),
                rows.c.slug.label("dataset"),
                looks_from(self._versions, _DATASET, rows).label("first_day"),
                looks_until(self._versions, _DATASET, rows).label("last_day"),
                _flag(in_words, "in_words"),
                _flag(and_(~has_records, rows.c.scope.is_(None)), "is_whole"),
                _flag(~has_kinds, "of_any_actor"),
                _flag(self._have_one_counterpart(rows.c.id), "is_towards_one"),
            )
            .select_from(self.listed.join(rows, found))
            .cte("looking")
            .prefix_with(ONCE)
        )

    def _have_one_counterpart(self, dataset: Expression) -> Expression:
        """Whether a data set's coverage records all have the same counterpart, or all none."""
        records = self._versions.rows_of(_COVERAGE.table)
        counterpart = func.coalesce(records.c.counterpart_id, literal_column("0"))
        query: Select[Any] = select(func.min(counterpart) == func.max(counterpart)).where(
            records.c.dataset_id == dataset, *self._versions.holding(records)
        )
        return query.correlate_except(records).scalar_subquery()

    def coverage(self, first: _Day = looks_from, last: _Day = looks_until) -> Select[Any]:
        """The coverage records of the data sets, with the days that each record covers."""
        rows = self._versions.rows_of(_COVERAGE.table)
        return select(
            rows.c.dataset_id,
            rows.c.actor_id,
            rows.c.counterpart_id,
            rows.c.role,
            first(self._versions, _COVERAGE, rows).label("first_day"),
            last(self._versions, _COVERAGE, rows).label("last_day"),
        ).where(
            rows.c.dataset_id.in_(select(self.listed.c.dataset_id)), *self._versions.holding(rows)
        )

    @cached_property
    def records(self) -> Any:
        """The coverage records, materialised."""
        return self.coverage().cte("records").prefix_with(ONCE)

    def covers(
        self, side: str, actor: Expression, other: Expression | None, year: Any
    ) -> Expression:
        """Whether a record covers an actor, on one side, for a whole year.

        `other`: the actor at the other end; a record with a different counterpart does not cover
        the support. None in a panel of single actors: a record with a counterpart then covers the
        actor only if all coverage of the data set has this counterpart.
        """
        records = self.records.alias()
        if other is None:
            is_of_all = self.datasets.c.is_towards_one == literal_column("1")
        else:
            is_of_all = records.c.counterpart_id == other
        is_role = records.c.role.in_([own_text(each) for each in ROLES[side]])
        found: Select[Any] = select(literal_column("1")).where(
            records.c.dataset_id == self.datasets.c.dataset_id,
            records.c.actor_id == actor,
            records.c.first_day <= year.c.first_day,
            records.c.last_day >= year.c.last_day,
            is_role,
            or_(records.c.counterpart_id.is_(None), is_of_all),
        )
        return found.correlate_except(records).exists()

    def looks_at(self, actor_kind: Expression) -> Expression:
        """Whether a data set looks at actors of this kind."""
        rows = self._versions.rows_of(_ACTOR_KINDS)
        its = and_(rows.c.dataset_id == self.datasets.c.dataset_id, rows.c.kind == actor_kind)
        return or_(self.datasets.c.of_any_actor == literal_column("1"), self._has(rows, its))

    def looks_for(self, kind: Expression, dataset: Expression, pairs: Any) -> Expression:
        """Whether a data set looks for a kind of support, or for a narrower kind."""
        rows = self._versions.rows_of(_SUPPORT_KINDS)
        its = rows.c.dataset_id == dataset
        counted = select(pairs.c.counted).where(pairs.c.kind == kind, pairs.c.how == own_text(""))
        some = rows.c.kind.in_(counted.correlate_except(pairs))
        return or_(self._has(rows, and_(its, some)), ~self._has(rows, its))

    def _has(self, rows: Source, condition: Expression) -> Expression:
        query: Select[Any] = select(literal_column("1")).where(
            condition, *self._versions.holding(rows)
        )
        return query.correlate_except(rows).exists()


def _flag(condition: Expression, name: str) -> Expression:
    """1 if a condition is true; 0 if it is false or unknown."""
    return case((condition, literal_column("1")), else_=literal_column("0")).label(name)
