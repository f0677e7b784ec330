"""The members of a REST response: those in `fields`, or by default the fields of the record.

A field names a member by its path (`evidence.statement.text`). By default a record at the other end
of an edge has only its id, slug and name. A to-many edge has a page, like a collection.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from schema.assessment import Computed
from schema.concepts import CONCEPTS, NODES, Attribute, Concept, Group, Member, Owned, ToMany, ToOne
from schema.counting import ESTIMATE, EXACT
from service import plan
from service.errors import BadInput
from service.planning.changes import LOG_CURSOR, change_page, read_since
from service.planning.conditions import EVERY
from service.planning.paging import order_of, page_of

PAGE_FACTS = (
    *("startCursor", "endCursor", "hasPreviousPage", "hasNextPage"),
    *("totalCount", "unknownCount"),
)

# The fields below one field: a tree of names.
Tree = dict[str, Any]


def members_of(concept: Concept, fields: Iterable[str]) -> plan.Members:
    """Returns the members that `fields` names, or by default those of the record.

    Raises BadInput.
    """
    tree = _tree(fields)
    return _members(concept, tree) if tree else own_members(concept)


def own_members(concept: Concept) -> plan.Members:
    """Returns a record's fields, with its to-one records as references."""
    own = (Attribute, Group, Owned, ToOne)
    return tuple(_member(concept, m, {}) for m in concept.members.values() if isinstance(m, own))


def page_members(
    members: plan.Members, accuracy: str = EXACT
) -> tuple[plan.PageMember[plan.Member], ...]:
    """Returns the members of a page over REST. `accuracy`: of the number of records."""
    return (plan.Nodes("data", members), page_facts(accuracy))


def page_facts(accuracy: str = EXACT) -> plan.PageFacts:
    """Returns the facts about a page over REST. `accuracy`: of the number of records."""
    is_estimated = accuracy == ESTIMATE
    facts = (plan.PageFact(name, name, is_estimated) for name in PAGE_FACTS)
    return plan.PageFacts("page", tuple(facts))


def changes_of(arguments: Mapping[str, Any]) -> plan.Changes:
    """Plans a page of changes over REST, with all members."""
    types = arguments.get("types")
    return plan.Changes(
        since=plan.Parameter(arguments["since"], read_since),
        until=None,
        types=None if types is None else plan.Parameter(types, list),
        where=(),
        page=change_page(LOG_CURSOR, arguments),
        members=(plan.Nodes("data", _change_members()), page_facts()),
    )


def _change_members() -> tuple[plan.ChangeMember, ...]:
    revision = CONCEPTS["Revision"]
    choices = tuple(plan.NodeChoice(concept, own_members(concept)) for concept in NODES)
    differences = tuple(plan.ChangeFact(name, name) for name in ("field", "before", "after"))
    return (
        plan.ChangeFact("id", "id"),
        plan.ChangeRevision("revision", revision, own_members(revision)),
        *(plan.ChangeFact(name, name) for name in ("action", "type", "recordId")),
        plan.ChangedRecord("record", choices),
        plan.FieldChanges("fields", differences),
    )


def _tree(fields: Iterable[str]) -> Tree:
    tree: Tree = {}
    for path in fields:
        inner = tree
        for step in path.split("."):
            inner = inner.setdefault(step, {})
    return tree


def _members(concept: Concept, tree: Tree) -> plan.Members:
    unknown = [name for name in tree if name not in concept.members]
    if unknown:
        known = ", ".join(concept.members)
        raise BadInput(
            f"fields: unknown {unknown[0]!r}; the fields of {concept.name} are: {known}."
        )
    return tuple(_member(concept, concept.members[name], below) for name, below in tree.items())


def _member(concept: Concept, member: Member, below: Tree) -> plan.Member:
    match member:
        case Attribute(name=name):
            _refuse_below(f"{concept.name}.{name}", below)
            return plan.Value(name, member)
        case Group(name=name):
            return plan.Grouped(name, member, _values(member, below))
        case ToOne(name=name, target=target):
            return plan.One(name, member, reference(CONCEPTS[target], below))
        case ToMany(name=name, target=target):
            return plan.Many(name, member, nested_page(CONCEPTS[target], below))
        case Owned(name=name):
            return plan.OwnedList(name, member, () if member.value else _values(member, below))
        case Computed(name=name, fields=fields):
            names = below or fields
            _refuse_unknown(name, names, fields)
            return plan.ComputedObject(name, member, tuple(plan.Calculated(f, f) for f in names))


def _values(member: Group | Owned, below: Tree) -> tuple[plan.Value, ...]:
    names = below or member.attributes
    _refuse_unknown(member.name, names, member.attributes)
    return tuple(plan.Value(name, member.attributes[name]) for name in names)


def reference(target: Concept, below: Tree) -> plan.Members:
    """Returns the members of a record at the other end of an edge."""
    return _members(target, below or {name: {} for name in target.reference})


def nested_page(target: Concept, below: Tree, first: int | None = None) -> plan.Connection:
    """Plans a page within a record; by default with the records' own fields. `first`: its size."""
    members = _members(target, below) if below else own_members(target)
    order = order_of(target, None)
    return plan.Connection(
        target, EVERY, order, page_of(target, order, {"first": first}), page_members(members)
    )


def _refuse_unknown(name: str, names: Iterable[str], known: Iterable[str]) -> None:
    for field in names:
        if field not in known:
            raise BadInput(
                f"fields: unknown {field!r}; the fields of {name} are: {', '.join(known)}."
            )


def _refuse_below(name: str, below: Tree) -> None:
    if below:
        raise BadInput(f"fields: {name} is a single value; it has no fields.")
