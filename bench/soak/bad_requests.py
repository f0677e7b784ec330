"""Invalid and forbidden requests, each with the status of its response."""

from random import Random

from bench.soak.http import Request
from bench.soak.queries import Query, graphql, has_status

_JSON = (("Content-Type", "application/json"),)
_GRAPHQL = (*_JSON, ("Accept", "application/graphql-response+json"))
_WRONG_TOKEN = (*_JSON, ("Authorization", "Bearer allygraph_of_nobody"))
_TOO_LONG = 1_200_000
_TOO_DEEP = 500


def bad_request(dice: Random) -> Query:
    """Returns a random one, sometimes with a part that no earlier request had."""
    request, status = dice.choice(_BAD)
    if b"NEW" in request.body:
        request = request._replace(body=request.body.replace(b"NEW", b"%x" % dice.getrandbits(60)))
    return Query("refused", request, has_status(status))


def _refused(document: str) -> Request:
    return graphql(document)._replace(headers=_GRAPHQL)


_ACTORS = "/api/v1/actors"
_BAD: list[tuple[Request, int]] = [
    (Request("POST", "/graphql", b"{not JSON", _GRAPHQL), 400),
    (Request("POST", "/graphql", b"[]", _GRAPHQL), 400),
    (Request("POST", "/graphql", b"text", (("Content-Type", "text/plain"),)), 415),
    (Request("PUT", "/graphql", b"", ()), 405),
    (_refused("{ actors { nodes { wrongNEW } } }"), 400),
    (_refused("{ actors(first: 1 { nodes"), 400),
    (_refused("{ actors(first: 501) { nodes { id } } }"), 400),
    (_refused('{ actors(after: "NEW") { nodes { id } } }'), 400),
    (_refused("{ actors" + "(where: {not: " * _TOO_DEEP), 400),
    (_refused("{ actors(first: 500) { nodes { statements(first: 500) { nodes { id } } } } }"), 400),
    (_refused('mutation { deleteActor(id: "actor_1") { deletedId } }'), 401),
    (Request("GET", f"{_ACTORS}/nobody"), 404),
    (Request("GET", f"{_ACTORS}?wrong=1"), 400),
    (Request("GET", f"{_ACTORS}?after=00ff"), 400),
    (Request("GET", f"{_ACTORS}?asOf=999999999"), 400),
    (Request("GET", "/nothing"), 404),
    (Request("PUT", _ACTORS, b"{}", _JSON), 405),
    (Request("POST", _ACTORS, b"{}", _JSON), 401),
    (Request("POST", _ACTORS, b"{}", _WRONG_TOKEN), 401),
    (Request("POST", "/graphql", b" " * _TOO_LONG, _GRAPHQL), 413),
]
