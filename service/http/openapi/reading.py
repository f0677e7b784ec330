"""Operations that read: their responses, including 304 for a client that has the response."""

from service.http.openapi.components import NOT_MODIFIED, READ_HEADERS, TAG_HEADER
from service.http.openapi.problems import may_fail
from service.http.openapi.values import Json, reference_to

_JSON = "application/json"


def answer(description: str, schema: Json, headers: Json, media_type: str = _JSON) -> Json:
    """A response with a body of this schema. `headers`: besides the headers of every read."""
    return {
        "description": description,
        "headers": headers | TAG_HEADER | READ_HEADERS,
        "content": {media_type: {"schema": schema}},
    }


def json_answer(description: str, schema: str, headers: Json) -> Json:
    """A response with a component as JSON."""
    return answer(description, reference_to(schema), headers)


def read_operation(
    name: str,
    tag: str,
    *,
    summary: str,
    description: str,
    parameters: list[Json],
    ok: Json,
    errors: tuple[str, ...],
) -> Json:
    """The operation of a GET.

    `name`: its `operationId`. `errors`: the statuses with which it may fail.
    """
    return {
        "operationId": name,
        "tags": [tag],
        "summary": summary,
        "description": description,
        "parameters": parameters,
        "responses": {"200": ok, "304": NOT_MODIFIED} | may_fail(*errors),
    }
