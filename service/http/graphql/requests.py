"""Reads GraphQL requests from a body, an address or the payload of a message."""

import re
from typing import Any
from urllib.parse import parse_qs

import orjson

from service.documents.documents import GraphQLRequest
from service.errors import BatchNotSupported, MalformedBody, PersistedQueryVersion
from service.http.request_body import json_of

JSON = "application/json"

_DIGEST = re.compile("[0-9a-fA-F]{64}")


def request_in_body(body: bytes) -> GraphQLRequest:
    """Reads the request in a body. Raises MalformedBody or BatchNotSupported."""
    content = json_of(body)
    if isinstance(content, list):
        raise BatchNotSupported(
            "The body is a list of requests; send each request by itself. Over one connection of "
            "HTTP/1.1 they follow each other without waiting."
        )
    return request_in_object(content)


def request_in_object(content: Any, *, reads_only: bool = False) -> GraphQLRequest:
    """Reads the request in a JSON object. Raises MalformedBody or PersistedQueryVersion."""
    if not isinstance(content, dict):
        raise MalformedBody('The body is not a JSON object: send {"query": "..."}.')
    document, variables = content.get("query"), content.get("variables")
    document_id = content.get("documentId")
    if document_id is not None and not isinstance(document_id, str):
        raise MalformedBody("`documentId` is not text.")
    extensions = content.get("extensions")
    if extensions is not None and not isinstance(extensions, dict):
        raise MalformedBody("`extensions` is not an object.")
    persisted = extensions.get("persistedQuery") if extensions else None
    if persisted is not None:
        document_id = _automatic_id(persisted, document_id)
    if not isinstance(document, str) and (document is not None or document_id is None):
        raise MalformedBody(
            "`query` is missing, or is not text: it holds the GraphQL document. "
            "A known document may be named by `documentId` instead."
        )
    if variables is not None and not isinstance(variables, dict):
        raise MalformedBody("`variables` is not an object.")
    operation_name = content.get("operationName")
    if operation_name is not None and not isinstance(operation_name, str):
        raise MalformedBody("`operationName` is not text.")
    return GraphQLRequest(
        document or "",
        operation_name,
        variables or {},
        reads_only,
        document_id,
        is_automatic=persisted is not None,
    )


def _automatic_id(persisted: Any, document_id: str | None) -> str:
    """Reads the digest in `persistedQuery`. Raises MalformedBody, PersistedQueryVersion."""
    if not isinstance(persisted, dict):
        raise MalformedBody("`extensions.persistedQuery` is not an object.")
    version, digest = persisted.get("version"), persisted.get("sha256Hash")
    if version != 1 or isinstance(version, bool):
        raise PersistedQueryVersion
    if not isinstance(digest, str) or not _DIGEST.fullmatch(digest):
        raise MalformedBody(
            "`extensions.persistedQuery.sha256Hash` must be the SHA-256 of `query`, in 64 "
            "hexadecimal digits."
        )
    digest = digest.lower()
    if document_id is not None and document_id.removeprefix("sha256:") != digest:
        raise MalformedBody(
            "`documentId` and `extensions.persistedQuery.sha256Hash` name different documents; "
            "send only one."
        )
    return digest


def request_in_address(query_string: bytes) -> GraphQLRequest:
    """Reads the request in the query string of an address. Raises MalformedBody."""
    try:
        given = parse_qs(
            query_string.decode(), keep_blank_values=True, max_num_fields=20, errors="strict"
        )
    except ValueError as error:
        raise MalformedBody(f"The query string cannot be parsed: {error}.") from None
    content: dict[str, Any] = {name: values[-1] for name, values in given.items()}
    for name in ("variables", "extensions"):
        content[name] = _object_in_address(name, content.get(name, ""))
    return request_in_object(content, reads_only=True)


def _object_in_address(name: str, text: str) -> Any:
    try:
        return orjson.loads(text) if text else None
    except orjson.JSONDecodeError as error:
        raise MalformedBody(f"`{name}` is not JSON: {error}.") from None
