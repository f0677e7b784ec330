"""Finds all problems of one record: first of each value, then between the values."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Column, Table

from schema.concepts import camel_case
from schema.records.columns import Meaning, Scalar, meaning_of
from schema.rows import Values
from schema.rules.across import RULES, Rule
from schema.rules.forms import FORMS, Form
from schema.rules.problem import Code, Fault, Problem
from schema.rules.values import fault


@dataclass(frozen=True)
class _Field:
    """A written column, and the constraints of its values."""

    column: str
    path: tuple[str, ...]
    meaning: Meaning
    nullable: bool
    default: Any

    form: Form | None

    def fault(self, value: Any) -> Fault | None:
        """Returns the fault of a value, or None. Any value is valid as a reference."""
        return fault(value, self.meaning) or (self.form(value) if self.form else None)


def problems(table: Table, row: Values) -> list[Problem]:
    """Returns the problems of a record of this table; an empty list if it is valid.

    References may be ids or any other comparable values, such as the keys of a data set.
    """
    fields, rules = _fields_and_rules(table)
    alone = list(_problems_alone(fields, row))
    # The rules across fields rely on each field being valid.
    return alone or [problem for rule in rules for problem in rule(row)]


def _problems_alone(fields: tuple[_Field, ...], row: Values) -> Iterator[Problem]:
    for field in fields:
        value = row.get(field.column, field.default)
        # Most fields of most records are null.
        if value is not None:
            found = field.fault(value)
            if found:
                yield Problem(field.path, found.code, found.message)
        elif not field.nullable:
            yield Problem(field.path, Code.MISSING, "It is required.")


@lru_cache(maxsize=64)
def _fields_and_rules(table: Table) -> tuple[tuple[_Field, ...], tuple[Rule, ...]]:
    fields = tuple(_fields(table))
    return fields, tuple(rule for column, rule in RULES if column in table.columns)


def _fields(table: Table) -> Iterator[_Field]:
    for column in table.columns:
        meaning = meaning_of(column)
        if meaning and (meaning.scalar is not Scalar.ID or meaning.target):
            path, nullable = _path(column, meaning), bool(column.nullable)
            default, form = default_of(column), FORMS.get(column.name)
            yield _Field(column.name, path, meaning, nullable, default, form)


def default_of(column: Column[Any]) -> Any:
    """Returns the default of a column."""
    return getattr(column.default, "arg", None)


def _path(column: Column[Any], meaning: Meaning) -> tuple[str, ...]:
    if meaning.group:
        group = meaning.group.name
        return group, camel_case(column.name.removeprefix(f"{group}_"))
    return (camel_case(column.name.removesuffix("_id") if meaning.target else column.name),)
