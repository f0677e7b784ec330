"""Citations in BibTeX: entries that BibTeX and biblatex both read, in UTF-8."""

import re
from collections.abc import Iterator, Mapping
from urllib.parse import quote

from service.engine.citing.citations import Citation, CitedDataset

# The characters that TeX reads as a command or prints as another character. `{}` ends a command, so
# that TeX keeps a blank after it. Braces are replaced by named commands because BibTeX counts
# braces even if they are escaped.
_NAMES = {
    "\\": "backslash",
    "{": "braceleft",
    "}": "braceright",
    "~": "asciitilde",
    "^": "asciicircum",
    "<": "less",
    ">": "greater",
    "|": "bar",
}
_ESCAPES: Mapping[int, str] = str.maketrans(
    {sign: f"\\text{name}{{}}" for sign, name in _NAMES.items()}
    | {sign: f"\\{sign}" for sign in "#$%&_"}
)
_NOT_IN_KEY = re.compile("[^A-Za-z0-9-]")


def bibtex(citation: Citation) -> str:
    """Returns an entry for the query, and one for each of its data sets."""
    return "\n".join((_query(citation), *map(_dataset, citation.datasets)))


def escaped(text: str) -> str:
    """Escapes text for a field in braces, so that TeX prints it unchanged."""
    return " ".join(text.split()).translate(_ESCAPES)


def _query(citation: Citation) -> str:
    return _entry(
        citation.key,
        author="{AllyGraph}",
        title=f"{{{escaped(citation.title)}}}",
        version=f"Revision {citation.revision}",
        note=escaped(f"Revision {citation.revision} of {citation.date}") if citation.date else "",
        url=_url(citation.address),
        **_dated(citation.date, citation.date),
    )


def _dataset(dataset: CitedDataset) -> str:
    return _entry(
        _NOT_IN_KEY.sub("-", dataset.slug),
        author=f"{{{escaped(dataset.publisher)}}}" if dataset.publisher else "",
        title=f"{{{escaped(dataset.title)}}}",
        version=escaped(dataset.version),
        note=escaped(f"Version {dataset.version}. Licence: {dataset.licence}"),
        doi=_url(dataset.doi or ""),
        url=_url(dataset.url or ""),
        **_dated(*(dataset.published or ("", ""))),
    )


def _dated(first: str, last: str) -> dict[str, str]:
    """Returns the year and the month that both days share, or only the year, or nothing."""
    dated = {"year": first[:4]} if first and first[:4] == last[:4] else {}
    return dated | ({"month": first[5:7].lstrip("0")} if dated and first[:7] == last[:7] else {})


def _url(address: str) -> str:
    """Encodes the braces, backslashes and blanks of an address or a DOI; TeX accepts all else."""
    return re.sub(r"[{}\\\s]", lambda sign: quote(sign[0]), address)


def _entry(key: str, **fields: str) -> str:
    return f"@misc{{{key},\n{''.join(_lines(fields))}}}\n"


def _lines(fields: Mapping[str, str]) -> Iterator[str]:
    yield from (f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
