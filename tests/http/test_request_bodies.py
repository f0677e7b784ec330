"""Bodies of requests to both APIs: their content coding, their charset, lists of requests."""

import gzip
import zlib
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from tests.http.editing import Editor

QUESTION = b'{"query": "{ __typename }"}'
ACTOR = b'{"slug": "france", "name": "France", "kind": "STATE"}'
Send = Callable[..., httpx.Response]


@pytest.fixture
def post(editor: Editor) -> Send:
    """Sends a body to GraphQL, or with a token to REST."""

    def send(path: str, body: bytes, **headers: str) -> httpx.Response:
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        given: Any = {"content-type": "application/json", **names}
        return editor.send("POST", path, content=body, headers=given)

    return send


BOTH = pytest.mark.parametrize(
    ("path", "body", "status"),
    [("/graphql", QUESTION, 200), ("/api/v1/actors", ACTOR, 201)],
    ids=["GraphQL", "REST"],
)


def code_of(answer: httpx.Response) -> str:
    content = answer.json()
    code = content["code"] if "code" in content else content["errors"][0]["extensions"]["code"]
    return str(code)


@BOTH
@pytest.mark.parametrize("coding", ["gzip", "x-gzip", "GZIP", "identity"])
def test_a_coded_body_is_decoded(
    post: Send, path: str, body: bytes, status: int, coding: str
) -> None:
    sent = body if coding == "identity" else gzip.compress(body)
    assert post(path, sent, content_encoding=coding).status_code == status


@BOTH
def test_several_gzip_members_are_one_body(post: Send, path: str, body: bytes, status: int) -> None:
    sent = gzip.compress(body[:9]) + gzip.compress(body[9:])
    assert post(path, sent, content_encoding="gzip").status_code == status


@BOTH
def test_gzip_of_very_many_members_is_refused(
    post: Send, path: str, body: bytes, status: int
) -> None:
    # Each takes a decoder, and has nothing in it.
    sent = gzip.compress(b"") * 40_000 + gzip.compress(body)
    answer = post(path, sent, content_encoding="gzip")
    assert (answer.status_code, code_of(answer)) == (400, "BAD_REQUEST")
    assert "too many members" in answer.text


@BOTH
@pytest.mark.parametrize("coding", ["br", "deflate", "zstd", "gzip, gzip", "aes128gcm"])
def test_another_coding_is_refused_with_the_one_that_is_taken(
    post: Send, path: str, body: bytes, status: int, coding: str
) -> None:
    answer = post(path, body, content_encoding=coding)
    assert (answer.status_code, code_of(answer)) == (415, "UNSUPPORTED_MEDIA_TYPE")
    assert answer.headers["accept-encoding"] == "gzip"


@BOTH
def test_a_body_is_bounded_while_it_is_decoded(
    post: Send, path: str, body: bytes, status: int
) -> None:
    compressor = zlib.compressobj(9, wbits=31)
    blanks = b" " * 1_000_000
    bomb = b"".join(compressor.compress(blanks) for _ in range(200)) + compressor.flush()
    assert len(bomb) < 1_000_000
    answer = post(path, bomb, content_encoding="gzip")
    assert (answer.status_code, code_of(answer)) == (413, "BODY_TOO_LARGE")


@BOTH
@pytest.mark.parametrize("cut", [b"", b"no gzip data", gzip.compress(QUESTION)[:-9]])
def test_data_that_is_not_gzip_is_malformed(
    post: Send, path: str, body: bytes, status: int, cut: bytes
) -> None:
    answer = post(path, cut, content_encoding="gzip")
    assert (answer.status_code, code_of(answer)) == (400, "BAD_REQUEST")


@BOTH
@pytest.mark.parametrize("charset", ["utf-16", "latin-1", '"utf-7"'])
def test_another_charset_is_refused(
    post: Send, path: str, body: bytes, status: int, charset: str
) -> None:
    answer = post(path, body, content_type=f"application/json; charset={charset}")
    assert (answer.status_code, code_of(answer)) == (415, "UNSUPPORTED_MEDIA_TYPE")


@BOTH
@pytest.mark.parametrize("charset", ["utf-8", "UTF-8", '"utf-8"'])
def test_utf_8_may_be_named(post: Send, path: str, body: bytes, status: int, charset: str) -> None:
    assert post(path, body, content_type=f"application/json; charset={charset}").status_code == (
        status
    )


@pytest.mark.parametrize("batch", [b"[]", b"[%b]" % QUESTION, b"[%b, %b]" % (QUESTION, QUESTION)])
def test_a_batch_is_refused_by_its_own_code(post: Send, batch: bytes) -> None:
    answer = post("/graphql", batch)
    assert (answer.status_code, code_of(answer)) == (400, "BATCH_NOT_SUPPORTED")
    assert "send each request by itself" in answer.text


@pytest.mark.parametrize("name", ["n" * 500_000, "ю" * 100_000])
def test_a_long_operation_name_is_not_sent_back(post: Send, name: str) -> None:
    body = b'{"query": "{ __typename }", "operationName": "%b"}' % name.encode()
    answer = post("/graphql", body)
    assert code_of(answer) == "OPERATION_NOT_FOUND"
    assert len(answer.content) < 2_000
