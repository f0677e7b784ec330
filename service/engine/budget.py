"""The node budget: how many records an answer could hold, known before anything runs."""

from collections.abc import Callable, Iterable

from service import plan
from service.errors import OverBudget
from service.plan import Variables
from service.planning.arguments import fill
from service.settings import Settings

Cost = Callable[[Variables], int]


def check_budget(settings: Settings, cost: int) -> None:
    """Raises OverBudget where an answer could hold too many records."""
    if cost > settings.node_budget:
        raise OverBudget(
            f"The answer could hold {cost} records; {settings.node_budget} is the most. "
            "Ask for fewer with `first`, or nest less."
        )


def cost_of(roots: Iterable[plan.Root]) -> Cost:
    """The most records a plan's answer can hold, as a function of the request's variables."""
    costs = [_root_cost(root) for root in roots]
    return lambda variables: sum(cost(variables) for cost in costs)


def fixed_cost(cost: Cost) -> int | None:
    """The cost where it depends on no variable; else None."""
    try:
        return cost({})
    except KeyError:
        return None


def _root_cost(root: plan.Root) -> Cost:
    match root:
        case plan.Collection(connection=connection):
            return _connection_cost(connection)
        case plan.Lookup(members=members):
            return _plus_one(_members_cost(members))
        case plan.NodeLookup(choices=choices):
            return _dearest(choices)
        case plan.NodesLookup(ids=ids, choices=choices):
            each = _dearest(choices)
            return lambda variables: len(fill(ids.source, variables)) * each(variables)
        case plan.ChangeLog(changes=changes):
            return _changes_cost(changes)
    return lambda _: 1


def _changes_cost(changes: plan.Changes) -> Cost:
    return _page_cost(changes.page, [_change_cost(member) for member in changes.members])


def _change_cost(
    member: plan.PageMember[plan.ChangeMember] | plan.EdgeMember[plan.ChangeMember],
) -> Cost:
    match member:
        case plan.Nodes(members=members) | plan.EdgeNode(members=members):
            records = [m for m in members if isinstance(m, plan.ChangedRecord)]
            costs = [_dearest(record.choices) for record in records]
            return lambda variables: 1 + sum(cost(variables) for cost in costs)
        case plan.Edges(members=members):
            inner = [_change_cost(m) for m in members]
            return lambda variables: sum(cost(variables) for cost in inner)
    return lambda _: 0


def _dearest(choices: Iterable[plan.NodeChoice]) -> Cost:
    costs = [_plus_one(_members_cost(choice.members)) for choice in choices]
    return lambda variables: max(cost(variables) for cost in costs)


def _connection_cost(connection: plan.Connection) -> Cost:
    return _page_cost(connection.page, [_row_cost(member) for member in connection.members])


def _page_cost(page: plan.Page, rows: list[Cost]) -> Cost:
    size = page.size
    # The cursors are read as well: a bad one is an error even where no page is asked for.
    cursors = [keys[0] for keys in (page.after, page.before) if keys]

    def cost(variables: Variables) -> int:
        for cursor in cursors:
            cursor.read(fill(cursor.source, variables))
        each = sum(row(variables) for row in rows)
        return int(size.read(fill(size.source, variables))) * max(each, 1)

    return cost


def _row_cost(member: plan.PageMember[plan.Member]) -> Cost:
    match member:
        case plan.Nodes(members=members):
            return _plus_one(_members_cost(members))
        case plan.Edges(members=members):
            nodes = [m for m in members if isinstance(m, plan.EdgeNode)]
            costs = [_members_cost(node.members) for node in nodes]
            return lambda variables: 1 + sum(cost(variables) for cost in costs)
    return lambda _: 0


def _members_cost(members: plan.Members) -> Cost:
    costs = [cost for member in members for cost in _member_cost(member)]
    return lambda variables: sum(cost(variables) for cost in costs)


def _member_cost(member: plan.Member) -> Iterable[Cost]:
    match member:
        case plan.One(members=members):
            yield _plus_one(_members_cost(members))
        case plan.Many(connection=connection):
            yield _connection_cost(connection)
        case plan.History(changes=changes):
            yield _changes_cost(changes)
        case plan.OwnedList() | plan.ComputedObject():
            yield lambda _: 1


def _plus_one(cost: Cost) -> Cost:
    return lambda variables: 1 + cost(variables)
