"""An addition in one place appears everywhere.

The additions are a kind, a field, an operator, a record type and a root. Each test adds one to a
copy of the code, as CONTRIBUTING.md describes, and reads the output of the copy. The oracle shares
no code with the service, so each needs a line there too.
"""

from pathlib import Path
from typing import Any

import pytest

from tests.schema.copied_code import CopiedCode, block, get, graphql

ACTORS = [
    ("POST", "/api/v1/actors", {"slug": slug, "name": slug, "kind": "STATE"})
    for slug in ("giver", "taker")
]


def support(**fields: str) -> tuple[str, str, Any]:
    """Creates a support, with the statement that it can be traced to."""
    source = {"new": {"title": "A report"}}
    statement = {"new": {"text": "So it is.", "speaker": "giver", "source": source}}
    body = {
        "supporter": "giver",
        "recipient": "taker",
        "phase": "DELIVERED",
        "kind": "TRADE",
        "evidence": [{"statement": statement, "stance": "ASSERTS"}],
    }
    return "POST", "/api/v1/supports", {**body, **fields}


@pytest.fixture
def copy(tmp_path: Path) -> CopiedCode:
    return CopiedCode(tmp_path)


def test_a_new_kind_is_one_entry(copy: CopiedCode) -> None:
    copy.insert(
        "schema/vocabulary.py",
        '        Term("OTHER", "Other"',
        '        Term("BALLOONS", "Balloons", "Lighter than air.", "WEAPONS"),',
    )
    assert "  BALLOONS\n" in block(copy.make_schema(), "enum SupportKind {")
    assert "BALLOONS" in copy.openapi()["components"]["schemas"]["SupportKind"]["enum"]
    copy.migrate()
    *_, over_rest, over_graphql = copy.send(
        *ACTORS,
        support(kind="BALLOONS"),
        support(),
        get("supports?kind.under=MILITARY&fields=kind"),
        graphql(
            "{ supports(where: {kind: {eq: BALLOONS}}) { totalCount }"
            "  supportKinds { children { children { children { kind } } } } }"
        ),
    )
    assert over_rest["data"] == [{"kind": "BALLOONS"}]
    assert over_graphql["data"]["supports"] == {"totalCount": 1}
    military = over_graphql["data"]["supportKinds"][0]["children"][1]["children"][0]["children"]
    assert military[-1] == {"kind": "BALLOONS"}
    copy.refuse_disagreement(
        "{ supports(where: {kind: {notIn: [BALLOONS]}}) { totalCount nodes { kind } } }"
    )


def test_a_new_field_is_one_line(copy: CopiedCode) -> None:
    copy.insert(
        "schema/records/support.py",
        "    attribution: str = columns.term(",
        '    colour: str | None = columns.text("What colour it has.", default=None)',
    )
    copy.insert(
        "tests/oracle/data_sets/world.py",
        '    attribution: str = "CERTAIN"',
        "    colour: str | None = None",
    )
    assert "'colour'" in copy.make_migration("Colours of support")
    sdl = copy.make_schema()
    assert '"""What colour it has."""\n  colour: String\n' in block(
        sdl, "type Support implements Record & Node {"
    )
    assert "colour: StringFilter" in block(sdl, "input SupportFilter {")
    assert "colour: OrderDirection" in block(sdl, "input SupportOrder @oneOf {")
    openapi = copy.openapi()
    for verb in ("Create", "Update"):
        assert "\n  colour: String\n" in block(sdl, f"input {verb}SupportInput {{")
        body = openapi["components"]["schemas"][f"{verb}SupportInput"]
        assert "colour" in body["properties"]
    assert "-colour" in openapi["components"]["schemas"]["SupportOrder"]["enum"]
    equal = copy.rest_parameters("supports")["colour"]
    assert equal["description"].startswith("What colour it has.")
    copy.migrate()
    *_, written, over_rest, over_graphql = copy.send(
        *ACTORS,
        support(colour="red"),
        support(colour="blue", summary="Another."),
        graphql(
            'mutation { updateSupport(id: "support_1", input: {colour: "green"})'
            " { errors { code } } }"
        ),
        get("supports?colour.startsWith=b&fields=colour"),
        graphql(
            "{ supports(orderBy: {colour: ASC}) { nodes { colour } }"
            '  support(id: "support_1") { history(first: 1)'
            "  { nodes { fields { field before after } } } } }"
        ),
    )
    assert written["data"] == {"updateSupport": {"errors": []}}
    assert over_rest["data"] == [{"colour": "blue"}]
    assert over_graphql["data"] == {
        "supports": {"nodes": [{"colour": "blue"}, {"colour": "green"}]},
        "support": {
            "history": {
                "nodes": [{"fields": [{"field": "colour", "before": "red", "after": "green"}]}]
            }
        },
    }
    copy.refuse_disagreement(
        "{ supports(orderBy: {colour: DESC}) { totalCount nodes { colour } } }",
        '{ supports(where: {colour: {gt: "U"}}) { totalCount nodes { colour } } }',
    )


def test_a_new_operator_is_one_row(copy: CopiedCode) -> None:
    copy.insert(
        "schema/operators.py",
        '    Operator(\n        "under"',
        '    Operator("startsNotWith", Takes.ONE, _TEXT, "Known, and does not begin so."),',
    )
    copy.insert(
        "service/sql/conditions.py",
        '    "under": lambda',
        '    "startsNotWith": lambda dialect, column, value: ~dialect.starts_with(column, value),',
    )
    copy.insert(
        "tests/oracle/resolvers/filters.py",
        '    "under": _is_under',
        '    "startsNotWith": lambda value, given: not _folded(value).startswith(_folded(given)),',
    )
    filters = block(copy.make_schema(), "input StringFilter {")
    assert '"""Known, and does not begin so."""\n  startsNotWith: String\n' in filters
    assert "name.startsNotWith" in copy.rest_parameters("actors")
    copy.migrate()
    *_, over_rest, over_graphql = copy.send(
        *ACTORS,
        get("actors?name.startsNotWith=G&fields=slug"),
        graphql('{ actors(where: {slug: {startsNotWith: "t"}}) { nodes { slug } } }'),
    )
    assert over_rest["data"] == [{"slug": "taker"}]
    assert over_graphql["data"]["actors"]["nodes"] == [{"slug": "giver"}]
    copy.refuse_disagreement(
        '{ actors(where: {name: {startsNotWith: "u"}}) { totalCount nodes { name } } }'
    )


PEACE_TREATY = '''
"""Peace treaties: which wars ended how."""

from schema.records import columns
from schema.records.collection import Collection
from schema.records.record import Record


class PeaceTreaty(Record, table=True):
    """A treaty that ends a war."""

    __collection__ = Collection(
        "peaceTreaties",
        place=10,
        natural_key="title",
        identified_by=("broker", "signedOn"),
        reference=("title",),
        example_fields="title,broker.name",
        example_filters={"signedOn.gte": "1995"},
    )

    title: str | None = columns.text("What it is called.", limit=200, default=None, unique=True)
    signed_on: str | None = columns.partial_date("When it was signed.", default=None)
    broker_id: int = columns.to_one("actor", "Who brokered it.", index=True)
'''

PEACE_TREATY_OF_THE_ORACLE = '''
@dataclass(eq=False, kw_only=True, repr=False)
class PeaceTreaty(Record):
    """A treaty that ends a war."""

    collection = "peace_treaties"
    change_place = 10

    title: str | None = None
    signed_on: Date | None = None
    broker: Actor


'''

TREATIES_OF_A_DATA_SET = """
slug: treaties-1998
title: Treaties
version: "1.0"
licence: CC BY 4.0
citation: Somebody, Treaties.
expected:
  actors: 1
  peaceTreaties: 1
"""


@pytest.fixture
def with_treaties(copy: CopiedCode) -> CopiedCode:
    """A copy that has one more record type, of two words, with a date and a reference."""
    copy.write("schema/records/peace_treaty.py", PEACE_TREATY)
    return copy


def test_a_new_record_type_is_one_file_and_a_migration(with_treaties: CopiedCode) -> None:
    script = with_treaties.make_migration("Peace treaties")
    assert "op.f('uq_peace_treaty_title')" in script
    assert "op.f('fk_peace_treaty_broker_id_actor')" in script
    sdl = with_treaties.make_schema()
    for line in ("peaceTreaty(", "peaceTreaties("):
        assert f"  {line}" in block(sdl, "type Query {")
    for verb in ("create", "update", "delete"):
        assert f"  {verb}PeaceTreaty(" in block(sdl, "type Mutation {")
    assert "  PEACE_TREATY\n" in block(sdl, "enum RecordType {")
    assert "  peaceTreaty: PeaceTreatyFilter\n" in block(sdl, "input ChangeFilter {")
    paths = with_treaties.openapi()["paths"]
    assert {"get", "post"} <= paths["/api/v1/peaceTreaties"].keys()
    assert {"get", "patch", "delete"} <= paths["/api/v1/peaceTreaties/{key}"].keys()


def test_records_of_a_new_type_are_written_read_and_remembered(with_treaties: CopiedCode) -> None:
    with_treaties.make_migration("Peace treaties")
    with_treaties.write("seeds/treaties_1998/dataset.yaml", TREATIES_OF_A_DATA_SET)
    with_treaties.write("seeds/treaties_1998/actors.yaml", "broker: {name: Broker, kind: STATE}\n")
    with_treaties.write(
        "seeds/treaties_1998/peaceTreaties.yaml",
        "dayton: {title: Dayton, signedOn: 1995-11, broker: broker}\n",
    )
    with_treaties.migrate("treaties-1998")
    created, updated, over_rest, over_graphql, member, gone, after = with_treaties.send(
        (
            "POST",
            "/api/v1/peaceTreaties",
            {"title": "Oslo", "signedOn": "1993", "broker": {"slug": "broker"}},
        ),
        graphql(
            'mutation { updatePeaceTreaty(id: "peace_treaty_2", input: {signedOn: "1993-09"})'
            " { peaceTreaty { id signedOn } errors { path code } } }"
        ),
        get("peaceTreaties?signedOn.lt=1995&fields=id,broker.slug"),
        graphql(
            '{ peaceTreaties(where: {broker: {slug: {eq: "broker"}}}, orderBy: {signedOn: ASC})'
            "  { nodes { id title signedOn broker { slug } } }"
            '  peaceTreaty(id: "peace_treaty_1") { title }'
            '  node(id: "peace_treaty_2") { ... on PeaceTreaty { title } ... on Record'
            "  { history { nodes { action type fields { field before after } } } } }"
            "  changes(since: 0, types: [PEACE_TREATY],"
            '   where: {peaceTreaty: {title: {eq: "Dayton"}}}) { nodes { recordId action } } }'
        ),
        get("peaceTreaties/peace_treaty_1"),
        ("DELETE", "/api/v1/peaceTreaties/peace_treaty_2", None),
        get("peaceTreaties/peace_treaty_2"),
    )
    assert created["id"] == "peace_treaty_2"
    assert updated["data"]["updatePeaceTreaty"] == {
        "peaceTreaty": {"id": "peace_treaty_2", "signedOn": "1993-09"},
        "errors": [],
    }
    assert over_rest["data"] == [{"id": "peace_treaty_2", "broker": {"slug": "broker"}}]
    dayton = {"id": "peace_treaty_1", "title": "Dayton", "signedOn": "1995-11"}
    oslo = {"id": "peace_treaty_2", "title": "Oslo", "signedOn": "1993-09"}
    by_broker = {"broker": {"slug": "broker"}}
    signed = {"field": "signedOn", "before": "1993", "after": "1993-09"}
    assert over_graphql["data"]["peaceTreaties"]["nodes"] == [oslo | by_broker, dayton | by_broker]
    assert over_graphql["data"]["peaceTreaty"] == {"title": "Dayton"}
    assert over_graphql["data"]["node"]["title"] == "Oslo"
    update, creation = over_graphql["data"]["node"]["history"]["nodes"]
    assert update == {"action": "UPDATED", "type": "PEACE_TREATY", "fields": [signed]}
    assert creation["action"] == "CREATED"
    changes = over_graphql["data"]["changes"]["nodes"]
    assert changes == [{"recordId": "peace_treaty_1", "action": "CREATED"}]
    assert member["broker"] == {"id": "actor_1", "slug": "broker", "name": "Broker"}
    assert gone is None
    assert after["status"] == 404


def test_the_oracle_knows_a_new_type_by_its_class(with_treaties: CopiedCode) -> None:
    with_treaties.make_migration("Peace treaties")
    with_treaties.make_schema()
    with_treaties.insert(
        "tests/oracle/data_sets/world.py",
        "@dataclass(frozen=True)\nclass Former:",
        PEACE_TREATY_OF_THE_ORACLE,
    )
    facts = "totalCount nodes { id title signedOn broker { id } }"
    with_treaties.refuse_disagreement(
        f'{{ peaceTreaties(where: {{signedOn: {{lt: "2025"}}}}) {{ {facts} }} }}',
        f"{{ peaceTreaties(orderBy: [{{broker: {{name: DESC}}}}, {{id: ASC}}]) {{ {facts} }} }}",
        "{ changes(since: 0, types: [PEACE_TREATY]) { totalCount nodes"
        " { id action fields { field before after } } } }",
    )


def test_a_new_root_is_a_field_and_its_plan(copy: CopiedCode) -> None:
    copy.insert(
        "schema/graphql/query.py",
        "    yield from _nodes(types.node)",
        '    yield types.connection_field("pledges", "Support", "The support that is pledged.")',
    )
    copy.insert(
        "service/planning/selection.py",
        "            case name if name in COLLECTIONS:",
        """\
            case "pledges":
                pledged = {"phase": {"eq": "PLEDGED"}}
                where = {"and": [pledged, arguments.get("where") or {}]}
                connection = self._connection(
                    CONCEPTS["Support"], {**arguments, "where": where}, field.selections
                )
                return plan.Collection(field.key, connection)""",
    )
    copy.insert(
        "tests/oracle/resolvers/resolvers.py",
        '    "node": lambda',
        '    "pledges": lambda world, **_: [s for s in world.supports if s.phase == "PLEDGED"],',
    )
    assert "  pledges(" in block(copy.make_schema(), "type Query {")
    copy.migrate()
    *_, answer = copy.send(
        *ACTORS,
        support(phase="PLEDGED"),
        support(),
        graphql("{ pledges(where: {kind: {eq: TRADE}}) { totalCount nodes { phase } } }"),
    )
    assert answer["data"]["pledges"] == {"totalCount": 1, "nodes": [{"phase": "PLEDGED"}]}
    copy.refuse_disagreement("{ pledges { totalCount nodes { id phase } } }")


def test_a_new_root_that_asks_no_database_is_a_field_and_its_value(copy: CopiedCode) -> None:
    copy.insert(
        "schema/graphql/query.py",
        "    yield from _nodes(types.node)",
        '    yield output("apiVersion", str, "The version of the API.")',
    )
    copy.insert(
        "service/planning/selection.py",
        "            case name if name in COLLECTIONS:",
        """\
            case "apiVersion":
                return plan.Constant(field.key, json.dumps("v1"))""",
    )
    copy.insert(
        "tests/oracle/resolvers/resolvers.py",
        '    "node": lambda',
        '    "apiVersion": lambda _: "v1",',
    )
    assert "  apiVersion: String!\n" in block(copy.make_schema(), "type Query {")
    copy.migrate()
    (answer,) = copy.send(graphql("{ apiVersion actors { totalCount } }"))
    assert answer["data"] == {"apiVersion": "v1", "actors": {"totalCount": 0}}
    copy.refuse_disagreement("{ version: apiVersion }")


PHASES = '''
"""The phases of support, which no database holds."""

from collections.abc import Iterator

from starlette.requests import Request
from starlette.responses import JSONResponse
from service.http.route import Route

from schema.vocabulary import SUPPORT_PHASES


def phase_routes() -> Iterator[Route]:
    """One address."""

    async def phases(_: Request) -> JSONResponse:
        return JSONResponse({"data": list(SUPPORT_PHASES.codes)})

    yield Route("/api/v1/phases", phases, methods=["GET"])
'''


def test_a_new_rest_route_is_a_file_a_line_and_its_description(copy: CopiedCode) -> None:
    copy.write("service/http/rest/phases.py", PHASES)
    copy.insert(
        "service/app.py",
        "from service.settings import",
        "from service.http.rest.phases import phase_routes",
    )
    copy.insert(
        "service/app.py",
        "        *health_routes(",
        "        *phase_routes(),",
    )
    copy.insert(
        "service/http/openapi/document.py",
        '    return {\n        "openapi"',
        '    paths["/api/v1/phases"] = {"get": {"operationId": "listPhases", "responses": {}}}',
    )
    assert "/api/v1/phases" in copy.openapi()["paths"]
    copy.migrate()
    (answer,) = copy.send(get("phases"))
    assert answer["data"][0] == "PREDICTED"
