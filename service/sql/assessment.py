"""The assessment of a support in SQL: one query over the support's evidence for all fields."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import (
    Boolean,
    Integer,
    Select,
    and_,
    case,
    distinct,
    exists,
    func,
    literal_column,
    not_,
    or_,
    select,
)

from schema.assessment import ASSESSMENT, ComputedField
from schema.concepts import CONCEPTS
from schema.records.columns import Scalar
from schema.records.derived import MAGNITUDE
from schema.records.sql_types import TEXT
from service.plan import Calculated, TypeName
from service.sql.binding import Binding
from service.sql.dialect import Content, Expression, Source
from service.sql.texts import own_text
from service.sql.versions import Versions, and_holding

# The columns of the unit, for each group of columns that holds an amount.
_UNITS = {
    "quantity": ("quantity_unit",),
    "worth": ("worth_unit", "worth_currency"),
}

# The columns of the support that an assessment uses.
ASSESSED_COLUMNS = ("id", *(name for names in _UNITS.values() for name in names))

# Fields that need a query of their own: the end of a range, or a unit; with the group of the amount
# and the end or the column.
_ENDS = {
    "low": ("quantity", "low"),
    "high": ("quantity", "high"),
    "worthLow": ("worth", "low"),
    "worthHigh": ("worth", "high"),
}
_UNIT_FIELDS = {
    "unit": ("quantity", "quantity_unit"),
    "worthUnit": ("worth", "worth_unit"),
    "worthCurrency": ("worth", "worth_currency"),
}
_GRADES = {"bestReliability", "worstReliability"}
_INDEPENDENT = _ENDS.keys() | _UNIT_FIELDS.keys() | _GRADES | {"withdrawn", "independentSources"}
# The grades that mean "cannot be judged".
_NOT_JUDGED = {"credibility": literal_column("6"), "reliability": own_text("F")}

_TYPES: Mapping[Scalar, Any] = {Scalar.INTEGER: Integer(), Scalar.BOOLEAN: Boolean()}


def assessment_query(
    binding: Binding,
    versions: Versions,
    support: Source,
    members: tuple[TypeName | Calculated, ...],
) -> Select[Any]:
    """Returns the query for the assessment of one support, as JSON."""
    query = Assessment(binding, versions, support)
    pairs = [(member.key, query.value(member)) for member in members]
    json = binding.dialect.json_object(pairs)
    answer = select(binding.dialect.answer(json)).correlate(support, *versions.outer)
    return answer if all(map(_is_independent, members)) else query.of_evidence(answer)


def _is_independent(member: TypeName | Calculated) -> bool:
    """Whether the field has a query of its own, and so does not aggregate the joined evidence."""
    return isinstance(member, TypeName) or member.name in _INDEPENDENT


class Assessment:
    """The evidence of one support, joined to the statements."""

    def __init__(self, binding: Binding, versions: Versions, support: Source) -> None:
        """`support`: the row of the support to assess."""
        self._binding = binding
        self._versions = versions
        self._support = support
        self.evidence = versions.rows_of(CONCEPTS["Evidence"].table)
        self.statement = versions.rows_of(CONCEPTS["Statement"].table)
        found = self.statement.c.id == self.evidence.c.statement_id
        self.joined = and_holding(versions, self.statement, found)

    def of_evidence(self, query: Select[Any]) -> Select[Any]:
        """Runs a query over the support's evidence, except for withdrawn evidence."""
        return query.select_from(self.evidence.join(self.statement, self.joined)).where(
            self.evidence.c.support_id == self._support.c.id,
            not_(self.is_withdrawn(self.evidence)),
            *self._versions.holding(self.evidence),
        )

    def value(self, member: TypeName | Calculated) -> Content:
        """The value of one field, for JSON."""
        if isinstance(member, TypeName):
            return self._binding.dialect.json_unescaped(member.name, nullable=False)
        value = self._value(member.name)
        match ASSESSMENT.fields[member.name].scalar:
            case Scalar.BOOLEAN:
                return self._binding.dialect.json_boolean(value)
            case Scalar.TERM | Scalar.TEXT:
                return self._binding.dialect.json_unescaped(value, nullable=True)
        return value

    def plain(self, name: str) -> Expression:
        """The value of one field as an SQL value, for a condition or an order."""
        if name == "contested":
            return self._contested()
        value = self._value(name)
        return value if name in _INDEPENDENT else self._of_support(self.of_evidence(select(value)))

    def magnitude(self, name: str) -> Expression:
        """The magnitude of an amount, which sorts as the amount does; null if that is unknown."""
        return self._range_end(*_ENDS[name], as_magnitude=True)

    @staticmethod
    def type_of(field: ComputedField) -> Any:
        """The SQL type of a field."""
        return _TYPES.get(field.scalar, TEXT)

    def _value(self, name: str) -> Expression:
        match name:
            case "asserting" | "denying" | "questioning":
                stances = {"asserting": "ASSERTS", "denying": "DENIES", "questioning": "QUESTIONS"}
                return self._count(stances[name])
            case "sources":
                return func.count(distinct(self.statement.c.source_id))
            case "contested":
                against = self._count("DENIES") + self._count("QUESTIONS")
                return and_(self._count("ASSERTS") > 0, against > 0)
            case "bestCredibility":
                return func.min(self.statement.c.credibility).filter(self._has_stance("ASSERTS"))
            case "worstCredibility":
                grade = func.nullif(self.statement.c.credibility, _NOT_JUDGED["credibility"])
                return func.max(grade).filter(self._has_stance("ASSERTS"))
            case "bestReliability" | "worstReliability":
                return self._reliability(is_best=name == "bestReliability")
            case "independentSources":
                return self._independent()
            case "withdrawn":
                return self._withdrawn()
            case name if name in _UNIT_FIELDS:
                return self._unit(*_UNIT_FIELDS[name])
        return self._range_end(*_ENDS[name])

    def is_withdrawn(self, evidence: Source) -> Expression:
        """Whether a later statement corrects or withdraws the statement of the evidence."""
        later = self._versions.rows_of(CONCEPTS["Statement"].table)
        found = later.c.corrects_id == evidence.c.statement_id
        corrected = exists().where(found, *self._versions.holding(later))
        return corrected.correlate_except(later)

    def _has_stance(self, stance: str) -> Expression:
        matches: Expression = self.evidence.c.stance == stance
        return matches

    def _count(self, stance: str) -> Expression:
        return func.count().filter(self._has_stance(stance))

    def _withdrawn(self) -> Expression:
        evidence = self._versions.rows_of(CONCEPTS["Evidence"].table)
        query = select(func.count()).where(
            evidence.c.support_id == self._support.c.id,
            self.is_withdrawn(evidence),
            *self._versions.holding(evidence),
        )
        return self._of_support(query)

    def _reliability(self, *, is_best: bool) -> Expression:
        """The best or the worst reliability of the sources of the asserting statements."""
        evidence, statement, source = self._sourced()
        grade = source.c.reliability
        best, worst = func.min(grade), func.max(func.nullif(grade, _NOT_JUDGED["reliability"]))
        query = self._valid_evidence(
            select(best if is_best else worst), evidence, statement, source
        )
        return self._of_support(query.where(evidence.c.stance == "ASSERTS"))

    def _independent(self) -> Expression:
        """The number of statements that no earlier statement from the same hand precedes."""
        evidence, statement, source = self._sourced()
        earlier = self._sourced()
        alike = self._valid_evidence(select(own_text("1")), *earlier).where(
            earlier[1].c.id < statement.c.id, _is_from_one_hand(*earlier[1:], statement, source)
        )
        # Correlates all but the three inner tables: the support and the statement are columns of
        # enclosing queries.
        counted = not_(alike.correlate_except(*earlier).exists())
        number = func.count(distinct(case((counted, statement.c.id))))
        return self._of_support(self._valid_evidence(select(number), evidence, statement, source))

    def _sourced(self) -> tuple[Source, Source, Source]:
        """New aliases of evidence, statement and source."""
        evidence, statement, source = (
            self._versions.rows_of(CONCEPTS[name].table)
            for name in ("Evidence", "Statement", "Source")
        )
        return evidence, statement, source

    def _valid_evidence(
        self, query: Select[Any], evidence: Source, statement: Source, source: Source
    ) -> Select[Any]:
        found = statement.c.id == evidence.c.statement_id
        joined = evidence.join(statement, and_holding(self._versions, statement, found))
        found = source.c.id == statement.c.source_id
        joined = joined.join(source, and_holding(self._versions, source, found))
        return query.select_from(joined).where(
            evidence.c.support_id == self._support.c.id,
            not_(self.is_withdrawn(evidence)),
            *self._versions.holding(evidence),
        )

    def _range_end(self, group: str, end: str, *, as_magnitude: bool = False) -> Expression:
        """The least or greatest amount asserted in the unit, or its magnitude.

        A claim with a range counts with this end of the range, any other claim with its value.
        """
        claim = self._claims()
        column, value = f"{group}_{end}", f"{group}_value"
        known = claim.c[column].is_not(None)
        amount = func.coalesce(claim.c[column], claim.c[value])
        magnitude = case(
            (known, claim.c[column + MAGNITUDE.suffix]), else_=claim.c[value + MAGNITUDE.suffix]
        )
        query = select(magnitude if as_magnitude else amount).where(
            *self._asserted(claim),
            amount.is_not(None),
            *(
                claim.c[name].is_not_distinct_from(self._unit(group, name))
                for name in _UNITS[group]
            ),
        )
        order = magnitude if end == "low" else magnitude.desc()
        return self._of_support(query.order_by(order).limit(1))

    def _unit(self, group: str, column: str) -> Expression:
        """A column of the unit of the support.

        A support without a unit has the unit of its claims.
        """
        own, *_ = (self._support.c[name] for name in _UNITS[group])
        return case((own.is_not(None), self._support.c[column]), else_=self._agreed(group, column))

    def _agreed(self, group: str, column: str) -> Expression:
        """A column of the unit of the claims if they all have the same unit; else null."""
        claim = self._claims()
        units = [func.coalesce(claim.c[name], own_text("")) for name in _UNITS[group]]
        amounts = (claim.c[f"{group}_{name}"].is_not(None) for name in ("value", "low", "high"))
        same = and_(*(func.min(unit) == func.max(unit) for unit in units))
        query = select(case((same, func.min(claim.c[column])))).where(
            *self._asserted(claim), or_(*amounts)
        )
        return self._of_support(query)

    def _claims(self) -> Source:
        claims: Source = self._versions.rows_of(CONCEPTS["Evidence"].table)
        return claims

    def _contested(self) -> Expression:
        """Whether some claims assert the support, and others deny or question it.

        The claims against are looked for first: most supports have none, and then no statement is
        read.
        """
        against, asserting = self._claims(), self._claims()
        found = (
            exists().where(*self._of_stance(against, "DENIES", "QUESTIONS")),
            exists().where(*self._of_stance(asserting, "ASSERTS")),
        )
        return and_(*(each.correlate(self._support, *self._versions.outer) for each in found))

    def _asserted(self, claim: Source) -> Iterator[Expression]:
        """The conditions for a piece of evidence to assert the support."""
        yield from self._of_stance(claim, "ASSERTS")

    def _of_stance(self, claim: Source, *stances: str) -> Iterator[Expression]:
        """The conditions for a piece of evidence to take one of these stances on the support."""
        yield claim.c.support_id == self._support.c.id
        yield or_(*(claim.c.stance == stance for stance in stances))
        yield not_(self.is_withdrawn(claim))
        yield from self._versions.holding(claim)

    def _of_support(self, query: Select[Any]) -> Expression:
        value: Expression = query.correlate(self._support, *self._versions.outer).scalar_subquery()
        return value


def _is_from_one_hand(
    earlier: Source, its_source: Source, statement: Source, source: Source
) -> Expression:
    """Whether two statements share their source or publisher, or are copies of one wire report."""
    return or_(
        earlier.c.source_id == statement.c.source_id,
        its_source.c.publisher_id == source.c.publisher_id,
        and_(
            earlier.c.speaker_id == statement.c.speaker_id,
            earlier.c.text == statement.c.text,
            earlier.c.said_on.is_not_distinct_from(statement.c.said_on),
        ),
    )
