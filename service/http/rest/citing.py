"""Citations: `/api/v1/cite?of=supports&recipient.slug=russia&format=bibtex`."""

import re
from collections.abc import Iterator

from starlette.requests import Request
from starlette.responses import Response

from schema.values.characters import CONTROLS
from service.engine.citing.citations import Citation, Citations
from service.engine.citing.formats import CITATION_FORMATS, CitationForm, CitationFormat
from service.errors import BadInput, NotAcceptable
from service.http.accepted_types import best_type
from service.http.asgi import AS_OF, REVISION, header_list
from service.http.authorization import Authorization
from service.http.entity_tags import entity_tag, is_known
from service.http.rest.addresses import CITE, Pairs, as_of_address, base_of
from service.http.rest.reading import pairs_of
from service.http.route import Route
from service.http.security_headers import ANSWER_HEADERS
from service.request.context import RequestContext

_OF, _FORMAT = "of", "format"
# The maximum length of the description of a query, so that a citation can be printed.
_NAMED_MOST = 300
_CONTROL = re.compile(f"[{CONTROLS}]")
_JSON = "application/json"
# The default comes last: `best_type` returns the last of equally preferred types.
_OFFERED = [form.media_type for form in reversed(CITATION_FORMATS.values())]


def cite_routes(citations: Citations, authorization: Authorization) -> Iterator[Route]:
    """The route of citations, described in `openapi/citing.py`."""

    async def cite(request: Request) -> Response:
        context = await authorization.reader(request)
        pairs = pairs_of(request)
        form = _form(pairs, header_list(request.headers.raw, b"accept"))
        of, rest = _subject(pairs)
        cited = await citations.find(of, rest, context)
        citation = Citation(
            named=_named(of, rest),
            address=base_of(request) + as_of_address(of, rest, cited.revision),
            revision=cited.revision,
            date=cited.date,
            datasets=cited.datasets,
        )
        body = form.write(citation).encode()
        headers = _headers(form, body, citation, context)
        if is_known(headers["etag"], header_list(request.headers.raw, b"if-none-match")):
            return Response(status_code=304, headers=headers)
        return Response(body, headers=headers)

    yield Route(CITE, cite, methods=["GET"])


def _form(pairs: Pairs, accept: str) -> CitationForm:
    """Returns the format that the address names, or else the client accepts.

    Raises BadInput or NotAcceptable.
    """
    named = [value for name, value in pairs if name == _FORMAT]
    if len(named) > 1:
        raise BadInput(f"`{_FORMAT}` occurs twice; send it once.")
    if named:
        if named[0] not in CITATION_FORMATS:
            raise BadInput(
                f"`{_FORMAT}`: unknown {named[0][:100]!r}; one of {', '.join(CITATION_FORMATS)}."
            )
        return CITATION_FORMATS[named[0]]
    chosen = _best(accept)
    for form in CITATION_FORMATS.values():
        if form.media_type == chosen:
            return form
    raise NotAcceptable(f"A citation is not available as {accept[:200]!r}. {available()}")


def available() -> str:
    """Returns the available formats, for an error message."""
    offered = (f"{form.media_type} (format={name})" for name, form in CITATION_FORMATS.items())
    return f"Available: {', '.join(offered)}."


def _best(accept: str) -> str:
    # CSL-JSON is JSON, so a client that accepts only JSON can read it.
    as_json = CitationFormat.CSL.value.media_type if best_type([_JSON], accept) else ""
    return best_type(_OFFERED, accept or "*/*") or as_json


def _subject(pairs: Pairs) -> tuple[str, list[tuple[str, str]]]:
    """Returns the name of what to cite, and the parameters of its own address. Raises BadInput."""
    named = [value for name, value in pairs if name == _OF]
    if len(named) != 1:
        raise BadInput(
            f"`{_OF}` is missing or occurs twice: name what to cite, such as {_OF}=supports."
        )
    return named[0], [pair for pair in pairs if pair[0] not in (_OF, _FORMAT)]


def _named(of: str, pairs: Pairs) -> str:
    """Describes what is cited: the collection and its parameters.

    Omits characters that would change how the rest of the citation is read; the address has them
    all.
    """
    given = ", ".join(f"{name}={value}" for name, value in pairs if name != "asOf")
    text = " ".join(_CONTROL.sub(" ", f"{of}: {given}" if given else of).split())
    return text if len(text) <= _NAMED_MOST else f"{text[:_NAMED_MOST]}..."


def _headers(
    form: CitationForm, body: bytes, citation: Citation, context: RequestContext
) -> dict[str, str]:
    headers = {
        "content-type": form.media_type + form.parameters,
        "etag": entity_tag(body, citation.revision),
        "link": f'<{citation.address}>; rel="cite-as"',
        "cache-control": "no-cache",
        "vary": f"accept, authorization, {AS_OF}",
        **ANSWER_HEADERS,
        REVISION: str(citation.revision),
    }
    if context.read_as_of is not None:
        headers[AS_OF] = str(context.read_as_of)
    return headers
