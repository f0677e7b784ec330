"""Cursors that are invalid, and those of another order."""

from collections.abc import Callable

import httpx
import pytest

from tests.http.refused_queries import error_of

pytestmark = pytest.mark.usefixtures("goes_on")

Post = Callable[..., httpx.Response]

CURSORS = {
    "garbage": ("garbage", "[]", "is not a valid cursor. Use endCursor"),
    "empty": ("", "[]", "is not a valid cursor. Use endCursor"),
    "with NUL in it": ("a\0b", "[]", "is not a valid cursor. Use endCursor"),
    "cut short": ("{cursor:.10}", "[]", "is not a valid cursor. Use endCursor"),
    "of another order": ("{cursor}", "[{slug: ASC}]", "is a cursor of another order"),
    "of an order with fewer keys": ("{cursor}", "[{id: ASC}]", "is a cursor of another order"),
}


@pytest.mark.parametrize(("cursor", "order", "says"), CURSORS.values(), ids=CURSORS)
def test_cursor_is_refused(post: Post, cursor: str, order: str, says: str) -> None:
    page = post("{ actors(first: 1, orderBy: [{name: ASC}]) { pageInfo { endCursor } } }").json()
    ours = page["data"]["actors"]["pageInfo"]["endCursor"]
    document = "query ($after: String) { actors(after: $after, orderBy: %s) { nodes { id } } }"
    answer = post(document % order, {"after": cursor.format(cursor=ours)})
    code, message = error_of(answer)
    assert code == "BAD_CURSOR"
    assert says in message
