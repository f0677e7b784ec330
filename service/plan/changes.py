"""Changes: what revisions did to records, and the members of each change."""

from dataclasses import dataclass

from schema.concepts import Concept
from service.plan.conditions import Condition
from service.plan.pages import Page, PageMember, TypeName
from service.plan.selections import Members
from service.plan.values import Parameter


@dataclass(frozen=True, slots=True)
class ChangeFact:
    """One value of a change, by its GraphQL name: id, action, type, recordId."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class ChangeRevision:
    """The revision that made a change."""

    key: str
    concept: Concept
    members: Members


@dataclass(frozen=True, slots=True)
class NodeChoice:
    """The members to select of a record of this concept."""

    concept: Concept
    members: Members


@dataclass(frozen=True, slots=True)
class ChangedRecord:
    """The record after the change."""

    key: str
    choices: tuple[NodeChoice, ...]


@dataclass(frozen=True, slots=True)
class FieldChanges:
    """The fields that differ, each with some of the members field, before and after."""

    key: str
    members: tuple[TypeName | ChangeFact, ...]


ChangeMember = TypeName | ChangeFact | ChangeRevision | ChangedRecord | FieldChanges


@dataclass(frozen=True, slots=True)
class Changes:
    """A page of changes: those after a revision, or those of one record.

    `since` (exclusive) and `until` (inclusive) bound the revisions. `types`: record types.
    `where`: conditions by concept; the record must match before or after the change.
    """

    since: Parameter | None
    until: Parameter | None
    types: Parameter | None
    where: tuple[tuple[str, Condition], ...]
    page: Page
    members: tuple[PageMember[ChangeMember], ...]
