"""A fixed set of queries to both APIs, of the current or an earlier state."""

from dataclasses import dataclass
from typing import Any

from tests.http.editing import Editor

ID = "totalCount nodes { id }"
CHANGE = "id recordId type action revision { number } fields { field before after } record { id }"
HISTORY = f"history(first: 100) {{ totalCount edges {{ cursor node {{ {CHANGE} }} }} }}"
IDS = [f"{kind}_{key}" for kind in ("actor", "support", "statement") for key in range(1, 12)]

BROAD = f"""
{{
  revision {{ number time author message citation }}
  actors(orderBy: [{{name: ASC}}, {{slug: DESC}}], first: 500) {{
    totalCount
    edges {{
      cursor
      node {{
        id slug name kind description aliases {{ name kind }} codes {{ scheme value }}
        memberOf {{ {ID} }} members {{ {ID} }}
        supportsGiven(orderBy: [{{startedOn: DESC}}]) {{ {ID} }}
        supportsReceived(where: {{evidence: {{some: {{stance: {{eq: DENIES}}}}}}}}) {{ {ID} }}
        supportsAgainst {{ {ID} }} statementsOnBehalf {{ {ID} }} publications {{ {ID} }}
        statements {{ nodes {{ text source {{ title publisher {{ slug }} }} }} }}
        mentionedIn(last: 2) {{ {ID} pageInfo {{ hasPreviousPage }} }}
        {HISTORY}
      }}
    }}
  }}
  supports(first: 500) {{
    nodes {{
      id kind phase startedOn summary quantity {{ value unit estimated }}
      supporter {{ name aliases {{ name }} }} recipient {{ name }} against {{ slug }}
      assessment {{ asserting denying sources contested bestCredibility low high }}
      evidence(orderBy: [{{statement: {{speaker: {{name: ASC}}}}}}]) {{
        nodes {{ id stance quantity {{ value }} statement {{ speaker {{ slug }} }} }}
      }}
      {HISTORY}
    }}
  }}
  statements(orderBy: [{{source: {{title: DESC}}}}], first: 500) {{
    nodes {{ id text quoted saidOn credibility mentions {{ {ID} }} evidence {{ {ID} }} {HISTORY} }}
  }}
  evidence(first: 500) {{ nodes {{ id support {{ kind }} statement {{ text }} {HISTORY} }} }}
  sources(first: 500) {{ nodes {{ id title url publisher {{ name }} {HISTORY} }} }}
  memberships(first: 500) {{
    nodes {{ id relation role member {{ slug }} organisation {{ slug }} }}
  }}
  datasets {{ totalCount }}
  some: supports(where: {{supporter: {{name: {{contains: "ir"}}}}, against: {{isNull: true}}}}) {{
    {ID}
  }}
  nodes(ids: {str(IDS).replace("'", '"')}) {{ __typename id }}
  iran: actor(by: {{slug: "iran"}}) {{ slug }}
  coded: actor(by: {{code: {{scheme: COW, value: "3"}}}}) {{ slug }}
  changes(since: 0, first: 500) {{ totalCount edges {{ cursor node {{ {CHANGE} }} }} }}
}}
"""

PAGES = {
    "actors": "name",
    "supports": "phase",
    "statements": "text",
    "evidence": "stance",
    "memberships": "role",
}

ADDRESSES = (
    *(
        "actors?first=500",
        "actors?aliases.name.contains=i&orderBy=-name",
        "actors?first=2&orderBy=kind",
    ),
    *("supports?first=500", "supports?supporter.name.startsWith=i", "supports?kind.under=WEAPONS"),
    "supports?fields=assessment,evidence.statement.source.title,supporter.aliases",
    *("statements?first=500", "statements?fields=mentions.name,speaker.memberOf&first=100"),
    *("evidence?first=500", "sources?first=500", "memberships?first=500", "datasets"),
    *("actors/iran", "actors/actor_2", "actors/actor_3", "actors/actor_4", "actors/actor-1"),
    *("supports/support_1", "supports/support_2", "statements/statement_1?fields=text,mentions"),
    *("evidence/evidence_1", "sources/source_1", "memberships/membership_1"),
    "changes?since=0&first=500",
    "changes?since=1&types=SUPPORT,EVIDENCE&first=5",
)


@dataclass(frozen=True)
class Moment:
    """The state that a query reads: `Moment()` is the current one."""

    revision: int | None = None
    time: str | None = None

    @property
    def declared(self) -> str:
        """The declarations of its variables in an operation."""
        return "" if self == Moment() else "$revision: Int, $time: DateTime"

    @property
    def directive(self) -> str:
        """The directive of the state."""
        return "" if self == Moment() else "@asOf(revision: $revision, time: $time)"

    @property
    def variables(self) -> dict[str, Any]:
        """The values of its variables. A null variable counts as omitted."""
        return {} if self == Moment() else {"revision": self.revision, "time": self.time}

    def at(self, address: str) -> str:
        """Returns an address below /api/v1 with the parameter of the state."""
        if self == Moment():
            return address
        named = self.time if self.revision is None else self.revision
        return f"{address}{'&' if '?' in address else '?'}asOf={named}"


def everything(editor: Editor, moment: Moment) -> dict[str, Any]:
    """Returns the results of all queries. Equal states have equal text."""
    found: dict[str, Any] = {"broad": _broad(editor, moment)}
    for name, order in PAGES.items():
        found[f"pages of {name}"] = _paged_through(editor, moment, name, order)
    for address in ADDRESSES:
        answer = editor.send("GET", f"/api/v1/{moment.at(address)}")
        # A 404 contains the id of its request.
        text = answer.text if answer.is_success else answer.json()["detail"]
        found[address] = (answer.headers.get("allygraph-revision"), text)
    return found


def _broad(editor: Editor, moment: Moment) -> tuple[str, str]:
    declared = f"({moment.declared})" if moment.declared else ""
    question = {
        "query": f"query {declared} {moment.directive} {BROAD}",
        "variables": moment.variables,
    }
    answer = editor.send("POST", "/graphql", json=question)
    assert "errors" not in answer.json(), answer.text
    return answer.headers["allygraph-revision"], answer.text


def _paged_through(editor: Editor, moment: Moment, name: str, order: str) -> list[Any]:
    """Returns all pages of two records, each after the end of the previous one."""
    document = f"""
    query ($after: String, {moment.declared}) {moment.directive} {{
      {name}(first: 2, after: $after, orderBy: [{{{order}: DESC}}]) {{
        edges {{ cursor node {{ id }} }} pageInfo {{ hasNextPage hasPreviousPage endCursor }}
      }}
    }}
    """
    pages: list[Any] = []
    after = None
    while after is not None or not pages:
        answer = editor.ask(document, {"after": after, **moment.variables})
        page = answer["data"][name]
        pages.append(page)
        after = page["pageInfo"]["endCursor"] if page["pageInfo"]["hasNextPage"] else None
    return pages
