"""The node budget: computes the maximum number of records in a response before it is read."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, assert_never

from service import plan
from service.errors import OverBudget
from service.plan import Variables
from service.planning.arguments import fill
from service.planning.panel import number_of_cells
from service.settings import Settings

Cost = Callable[[Variables], int]


def check_budget(settings: Settings, cost: int) -> None:
    """Raises OverBudget if a response could have more records than the node budget."""
    if cost > settings.node_budget:
        raise OverBudget(
            f"The response could have {cost} records; the limit is {settings.node_budget}. "
            "Use a smaller `first`, or nest fewer levels."
        )


def cost_of(roots: Iterable[plan.Constant | plan.Root]) -> Cost:
    """Returns a function from a request's variables to the maximum number of records."""
    costs = [_root_cost(root) for root in roots]
    return lambda variables: sum(cost(variables) for cost in costs)


def fixed_cost(cost: Cost) -> int | None:
    """Returns the cost if it depends on no variable; else None."""
    try:
        return cost({})
    except KeyError:
        return None


def _root_cost(root: plan.Constant | plan.Root) -> Cost:
    match root:
        case plan.Collection(connection=connection):
            return _connection_cost(connection)
        case plan.ChangeLog(changes=changes):
            return _changes_cost(changes)
        case plan.SupportTotals(totals=totals):
            return _totals_cost(totals)
        case plan.SupportNetwork(network=network):
            return _network_cost(network)
        case plan.SupportPaths(paths=paths) | plan.PathColumns(paths=paths):
            return _paths_cost(paths)
        case plan.SearchHits(search=search):
            return _search_cost(search)
        case plan.SupportPanel(panel=panel):
            return _panel_cost(panel)
        case plan.PageColumns(page=page):
            match page:
                case plan.Connection():
                    return _connection_cost(page)
                case plan.Totals():
                    return _totals_cost(page)
                case plan.Search():
                    return _search_cost(page)
                case plan.Panel():
                    return _panel_cost(page)
            return _changes_cost(page)
        case plan.Lookup(members=members):
            return _plus_one(_members_cost(members))
        case plan.NodeLookup():
            return _node_cost(root)
        case plan.NodesLookup(ids=ids):
            each = _node_cost(root)
            return lambda variables: len(fill(ids.source, variables)) * each(variables)
        case plan.Constant() | plan.LatestRevision() | plan.NextRevision() | plan.UnknownSteps():
            return _one
    assert_never(root)


def _node_cost(root: plan.NodeLookup | plan.NodesLookup) -> Cost:
    record, change = _highest(root.choices), _plus_one(_change_members_cost(root.change))
    return lambda variables: max(record(variables), change(variables))


def _totals_cost(totals: plan.Totals) -> Cost:
    return _page_cost(totals.page, [_total_cost(member) for member in totals.members])


def _total_cost(member: plan.PageMember[plan.TotalMember]) -> Cost:
    match member:
        case plan.Nodes(members=members):
            return _plus_one(_sum([_group_member_cost(each) for each in members]))
        case plan.Edges(members=members):
            nodes = [m for m in members if isinstance(m, plan.EdgeNode)]
            costs = [_group_member_cost(each) for node in nodes for each in node.members]
            return _plus_one(_sum(costs))
        case plan.PageFact() | plan.PageFacts() | plan.TypeName():
            return _nothing
    assert_never(member)


def _group_member_cost(member: plan.TotalMember) -> Cost:
    return _member_cost(member) if isinstance(member, plan.One) else _nothing


def _network_cost(network: plan.Network) -> Cost:
    """Each edge adds two actors, and `around` adds the actors that it names."""
    edge = _sum([_edge_cost(m) for m in _of(network, plan.NetworkEdges)])
    node = _sum([_node_actor_cost(m) for m in _of(network, plan.NetworkNodes)])
    first, hops = network.first, network.hops

    def cost(variables: Variables) -> int:
        hops.read(fill(hops.source, variables))
        edges = int(first.read(fill(first.source, variables)))
        return edges * max(edge(variables), 1) + (2 * edges + network.starts) * node(variables)

    return cost


def _of(network: plan.Network, part: type[Any]) -> Iterator[Any]:
    """The members of the edges, or of the nodes, of a network."""
    for member in network.members:
        if isinstance(member, part):
            yield from member.members


def _edge_cost(member: plan.NetworkEdgeMember) -> Cost:
    match member:
        case plan.One():
            return _member_cost(member)
        case plan.EdgeDatasets(members=members):
            return _plus_one(_members_cost(members))
        case plan.EdgeParts():
            return _one
        case plan.NetworkFact() | plan.TypeName():
            return _nothing
    assert_never(member)


def _node_actor_cost(member: plan.NodeMember) -> Cost:
    match member:
        case plan.NodeActor(members=members):
            return _plus_one(_members_cost(members))
        case plan.NetworkFact() | plan.TypeName():
            return _nothing
    assert_never(member)


def _paths_cost(paths: plan.Paths) -> Cost:
    steps = [member for member in paths.members if isinstance(member, plan.PathSteps)]
    step = _sum([_step_cost(member) for each in steps for member in each.members])
    most, first, ends = paths.most_hops, paths.first, paths.ends

    def cost(variables: Variables) -> int:
        ends.read(fill(ends.source, variables))
        hops = int(most.read(fill(most.source, variables)))
        return int(first.read(fill(first.source, variables))) * max(hops * step(variables), 1)

    return cost


def _step_cost(member: plan.StepMember) -> Cost:
    match member:
        case plan.One():
            return _member_cost(member)
        case plan.StepSupports(connection=connection):
            return _connection_cost(connection)
        case plan.TypeName():
            return _nothing
    assert_never(member)


def _search_cost(search: plan.Search) -> Cost:
    return _page_cost(search.page, [_hit_cost(member) for member in search.members])


def _hit_cost(member: plan.PageMember[plan.SearchMember]) -> Cost:
    match member:
        case plan.Nodes(members=members):
            return _plus_one(_found_cost(members))
        case plan.Edges(members=members):
            nodes = [m for m in members if isinstance(m, plan.EdgeNode)]
            return _plus_one(_sum([_found_cost(node.members) for node in nodes]))
        case plan.PageFact() | plan.PageFacts() | plan.TypeName():
            return _nothing
    assert_never(member)


def _found_cost(members: Iterable[plan.SearchMember]) -> Cost:
    return _sum([_highest(m.choices) for m in members if isinstance(m, plan.FoundRecord)])


def _panel_cost(panel: plan.Panel) -> Cost:
    """Counts each row, and each of its cells."""
    columns, amounts = panel.datasets.source, panel.amounts

    def row(variables: Variables) -> int:
        if amounts is not None:
            amounts.currency.read(fill(amounts.currency.source, variables))
        return 1 + number_of_cells(panel.unit, *map(len, fill(columns, variables)))

    return _page_cost(panel.page, [row])


def _changes_cost(changes: plan.Changes) -> Cost:
    return _page_cost(changes.page, [_change_cost(member) for member in changes.members])


def _change_cost(member: plan.PageMember[plan.ChangeMember]) -> Cost:
    match member:
        case plan.Nodes(members=members):
            return _plus_one(_change_members_cost(members))
        case plan.Edges(members=members):
            nodes = [m for m in members if isinstance(m, plan.EdgeNode)]
            return _sum([_plus_one(_change_members_cost(node.members)) for node in nodes])
        case plan.PageFact() | plan.PageFacts() | plan.TypeName():
            return _nothing
    assert_never(member)


def _change_members_cost(members: Iterable[plan.ChangeMember]) -> Cost:
    return _sum([_change_member_cost(member) for member in members])


def _change_member_cost(member: plan.ChangeMember) -> Cost:
    match member:
        case plan.ChangedRecord(choices=choices):
            return _highest(choices)
        case plan.TypeName() | plan.ChangeFact() | plan.ChangeRevision() | plan.FieldChanges():
            return _nothing
    assert_never(member)


def _connection_cost(connection: plan.Connection) -> Cost:
    return _page_cost(connection.page, [_row_cost(member) for member in connection.members])


def _page_cost(page: plan.Page, rows: list[Cost]) -> Cost:
    size, row = page.size, _sum(rows)
    # Reads the cursors too: an invalid cursor is an error even if no items are selected.
    cursors = [keys[0] for keys in (page.after, page.before) if keys]

    def cost(variables: Variables) -> int:
        for cursor in cursors:
            cursor.read(fill(cursor.source, variables))
        each = row(variables)
        return int(size.read(fill(size.source, variables))) * max(each, 1)

    return cost


def _row_cost(member: plan.PageMember[plan.Member]) -> Cost:
    match member:
        case plan.Nodes(members=members):
            return _plus_one(_members_cost(members))
        case plan.Edges(members=members):
            nodes = [m for m in members if isinstance(m, plan.EdgeNode)]
            return _plus_one(_sum([_members_cost(node.members) for node in nodes]))
        case plan.PageFact() | plan.PageFacts() | plan.TypeName():
            return _nothing
    assert_never(member)


def _members_cost(members: plan.Members) -> Cost:
    return _sum([_member_cost(member) for member in members])


def _member_cost(member: plan.Member) -> Cost:
    match member:
        case plan.One(members=members):
            return _plus_one(_members_cost(members))
        case plan.Many(connection=connection):
            return _connection_cost(connection)
        case plan.History(changes=changes):
            return _changes_cost(changes)
        case plan.Positions(position=position):
            return _position_cost(position)
        case plan.OwnedList() | plan.ComputedObject():
            return _one
        case plan.TypeName() | plan.Value() | plan.Grouped():
            return _nothing
    assert_never(member)


def _position_cost(position: plan.Position) -> Cost:
    """Counts each position, its kinds, and the records in it."""
    each, first = _sum([_of_position_cost(member) for member in position.members]), position.first
    # Reads the values too: an invalid value is an error even for an actor without supports.
    unit, period = position.unit, position.period
    read = [*((unit.currency,) if unit else ()), *((period or ())[:1])]

    def cost(variables: Variables) -> int:
        for parameter in read:
            parameter.read(fill(parameter.source, variables))
        return int(first.read(fill(first.source, variables))) * (1 + each(variables))

    return cost


def _of_position_cost(member: plan.PositionMember) -> Cost:
    match member:
        case plan.One():
            return _member_cost(member)
        case plan.KindDegrees():
            return _one
        case plan.Supply(members=members):
            return _sum([_member_cost(each) for each in members if isinstance(each, plan.One)])
        case plan.PositionFact() | plan.TypeName():
            return _nothing
    assert_never(member)


def _highest(choices: Iterable[plan.NodeChoice]) -> Cost:
    costs = [_plus_one(_members_cost(choice.members)) for choice in choices]
    return lambda variables: max(cost(variables) for cost in costs)


def _plus_one(cost: Cost) -> Cost:
    return lambda variables: 1 + cost(variables)


def _sum(costs: Iterable[Cost]) -> Cost:
    # Most members cost nothing, and are left out of the sum that each request computes.
    found = [cost for cost in costs if cost is not _nothing]
    return (lambda variables: sum(cost(variables) for cost in found)) if found else _nothing


def _one(_: Variables) -> int:
    return 1


def _nothing(_: Variables) -> int:
    return 0
