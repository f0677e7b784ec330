"""The headers of a file: its name, its citation, and the revision of its data."""

from starlette.requests import Request

from service import __version__
from service.http.asgi import AS_OF, REVISION
from service.http.entity_tags import entity_tag
from service.http.rest.addresses import Pairs, as_of_address, base_of, citing_links
from service.http.security_headers import ANSWER_HEADERS


def file_headers(
    name: str,
    extension: str,
    media_type: str,
    pairs: Pairs,
    revision: int,
    as_of: int | None,
    request: Request,
) -> dict[str, str]:
    """Returns the headers of `name.extension` at a revision.

    `as_of`: the revision, if the request names it.
    """
    resource = f"{name}.{extension}"
    address = as_of_address(resource, pairs, revision)
    # The address names one state of the data, so its digest identifies the bytes of the file.
    tag = entity_tag(f"{__version__} {media_type} {address}".encode(), revision)
    headers = {
        "content-type": media_type,
        "content-disposition": f'attachment; filename="{name}-r{revision}.{extension}"',
        "link": ", ".join(citing_links(base_of(request), resource, pairs, revision)),
        "etag": tag,
        "cache-control": "no-cache",
        "vary": f"accept, authorization, {AS_OF}",
        **ANSWER_HEADERS,
        REVISION: str(revision),
    }
    return headers | ({} if as_of is None else {AS_OF: str(as_of)})
