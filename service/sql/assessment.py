"""The assessment of a support in SQL: one query over its evidence for all selected fields."""

from typing import Any

from sqlalchemy import Select, and_, case, distinct, func, select

from schema.concepts import CONCEPTS
from schema.records.derived import MAGNITUDE
from service.plan import Calculated, TypeName
from service.sql.binding import Binding
from service.sql.dialect import Content, Expression, Source
from service.sql.versions import Versions, and_holding

# The columns of the support that an assessment uses.
ASSESSED_COLUMNS = ("id", "quantity_unit", "quantity_currency")


def assessment_query(
    binding: Binding,
    versions: Versions,
    support: Source,
    members: tuple[TypeName | Calculated, ...],
) -> Select[Any]:
    """The assessment of one support, as JSON."""
    query = Assessment(binding, versions, support)
    pairs = [(member.key, query.value(member)) for member in members]
    json = binding.dialect.json_object(pairs)
    answer = select(binding.dialect.answer(json)).correlate(support, *versions.outer)
    if all(map(_is_independent, members)):
        return answer
    return answer.select_from(query.evidence.join(query.statement, query.joined)).where(
        query.evidence.c.support_id == support.c.id, *versions.holding(query.evidence)
    )


def _is_independent(member: TypeName | Calculated) -> bool:
    """Whether the field does not aggregate the joined evidence, which may have no rows."""
    return isinstance(member, TypeName) or member.name in ("low", "high")


class Assessment:
    """The evidence of one support, joined to its statements."""

    def __init__(self, binding: Binding, versions: Versions, support: Source) -> None:
        """`support`: the row to assess."""
        self._binding = binding
        self._versions = versions
        self._support = support
        self.evidence = versions.rows_of(CONCEPTS["Evidence"].table)
        self.statement = versions.rows_of(CONCEPTS["Statement"].table)
        found = self.statement.c.id == self.evidence.c.statement_id
        self.joined = and_holding(versions, self.statement, found)

    def value(self, member: TypeName | Calculated) -> Content:
        """The value of one field."""
        if isinstance(member, TypeName):
            return self._binding.dialect.json_unescaped(member.name, nullable=False)
        match member.name:
            case "asserting" | "denying" | "questioning":
                stances = {"asserting": "ASSERTS", "denying": "DENIES", "questioning": "QUESTIONS"}
                return self._count(stances[member.name])
            case "sources":
                return func.count(distinct(self.statement.c.source_id))
            case "contested":
                against = self._count("DENIES") + self._count("QUESTIONS")
                contested = and_(self._count("ASSERTS") > 0, against > 0)
                return self._binding.dialect.json_boolean(contested)
            case "bestCredibility":
                return func.min(self.statement.c.credibility).filter(self._has_stance("ASSERTS"))
            case name:
                return self._range_end(name)

    def _has_stance(self, stance: str) -> Expression:
        matches: Expression = self.evidence.c.stance == stance
        return matches

    def _count(self, stance: str) -> Expression:
        return func.count().filter(self._has_stance(stance))

    def _range_end(self, end: str) -> Expression:
        """The least or greatest amount asserted in the unit and currency of the support.

        A claim with a range counts with this end of it, any other with its value.
        """
        claim = self._versions.rows_of(CONCEPTS["Evidence"].table)
        column = f"quantity_{end}"
        known = claim.c[column].is_not(None)
        amount = func.coalesce(claim.c[column], claim.c.quantity_value)
        magnitude = case(
            (known, claim.c[column + MAGNITUDE.suffix]),
            else_=claim.c["quantity_value" + MAGNITUDE.suffix],
        )
        query = select(amount).where(
            claim.c.support_id == self._support.c.id,
            claim.c.stance == "ASSERTS",
            amount.is_not(None),
            claim.c.quantity_unit.is_not_distinct_from(self._support.c.quantity_unit),
            claim.c.quantity_currency.is_not_distinct_from(self._support.c.quantity_currency),
            *self._versions.holding(claim),
        )
        # Amounts that differ in a late digit may have equal magnitudes.
        ends = magnitude if end == "low" else magnitude.desc(), claim.c.id
        ordered = query.order_by(*ends).limit(1)
        claimed = ordered.correlate(self._support, *self._versions.outer)
        amount_claimed: Expression = claimed.scalar_subquery()
        return amount_claimed
