"""The same writes through both APIs, each with a unique message."""

from typing import Any, NamedTuple, Protocol

import httpx

_COLLECTIONS = {"Actor": "actors", "Support": "supports", "Statement": "statements"}

Given = dict[str, Any]


class Request(NamedTuple):
    method: str
    path: str
    parameters: dict[str, str]
    body: Given | None


class Door(Protocol):
    """Builds the request of a write, and reads the revision from its response."""

    def __init__(self, message: str) -> None: ...
    def create(self, concept: str, given: Given) -> Request: ...
    def update(self, concept: str, id: str, given: Given) -> Request: ...
    def delete(self, concept: str, id: str) -> Request: ...
    def merge(self, kept: str, other: str) -> Request: ...
    def revision(self, answer: httpx.Response, author: str) -> int: ...


class GraphQL:
    """Writes by mutations. A statement is created with its claims."""

    def __init__(self, message: str) -> None:
        self._message = message

    def create(self, concept: str, given: Given) -> Request:
        verb = "record" if concept == "Statement" else "create"
        input = (f"{verb.capitalize()}{concept}Input!", given)
        return _mutation(f"{verb}{concept}", self._message, input=input)

    def update(self, concept: str, id: str, given: Given) -> Request:
        input = (f"Update{concept}Input!", given)
        return _mutation(f"update{concept}", self._message, id=("ID!", id), input=input)

    def delete(self, concept: str, id: str) -> Request:
        return _mutation(f"delete{concept}", self._message, id=("ID!", id))

    def merge(self, kept: str, other: str) -> Request:
        keep, merge = ("ActorBy!", {"slug": kept}), ("[ActorBy!]!", [{"slug": other}])
        allowed = ("Boolean!", True)
        more = {"keep": keep, "merge": merge, "allowDifferentKinds": allowed}
        return _mutation("mergeActors", self._message, **more)

    def revision(self, answer: httpx.Response, author: str) -> int:
        assert answer.status_code == 200, answer.text
        (payload,) = answer.json()["data"].values()
        assert payload["errors"] == []
        number: int = payload["revision"]["number"]
        expected = {"number": number, "author": author, "message": self._message}
        assert payload["revision"] == expected
        return number


def _mutation(field: str, message: str, **arguments: tuple[str, Any]) -> Request:
    arguments["message"] = ("String", message)
    declared = ", ".join(f"${name}: {type_}" for name, (type_, _) in arguments.items())
    given = ", ".join(f"{name}: ${name}" for name in arguments)
    payload = "revision { number author message } errors { path code message }"
    document = f"mutation({declared}) {{ {field}({given}) {{ {payload} }} }}"
    variables = {name: value for name, (_, value) in arguments.items()}
    return Request("POST", "/graphql", {}, {"query": document, "variables": variables})


class REST:
    """Writes by POST, PATCH and DELETE."""

    def __init__(self, message: str) -> None:
        self._parameters = {"message": message}

    def create(self, concept: str, given: Given) -> Request:
        return self._request("POST", _COLLECTIONS[concept], given)

    def update(self, concept: str, id: str, given: Given) -> Request:
        return self._request("PATCH", f"{_COLLECTIONS[concept]}/{id}", given)

    def delete(self, concept: str, id: str) -> Request:
        return self._request("DELETE", f"{_COLLECTIONS[concept]}/{id}", None)

    def merge(self, kept: str, other: str) -> Request:
        return self._request(
            "POST", f"actors/{kept}/merge", {"merge": [other], "allowDifferentKinds": True}
        )

    def _request(self, method: str, path: str, given: Given | None) -> Request:
        return Request(method, f"/api/v1/{path}", self._parameters, given)

    def revision(self, answer: httpx.Response, author: str) -> int:
        assert answer.is_success, answer.text
        return int(answer.headers["allygraph-revision"])
