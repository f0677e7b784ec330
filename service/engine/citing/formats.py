"""The formats of citations, with their names and media types."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from service.engine.citing.bibtex import bibtex
from service.engine.citing.citations import Citation
from service.engine.citing.csl import csl
from service.engine.citing.text import text


@dataclass(frozen=True)
class CitationForm:
    """A format: its name in an address, its media type, and the function that writes it."""

    name: str
    media_type: str
    write: Callable[[Citation], str]
    parameters: str = ""


class CitationFormat(Enum):
    """The formats of citations. The first one is the default."""

    TEXT = CitationForm("text", "text/plain", text, "; charset=utf-8")
    BIBTEX = CitationForm("bibtex", "application/x-bibtex", bibtex, "; charset=utf-8")
    CSL = CitationForm("csl", "application/vnd.citationstyles.csl+json", csl)


CITATION_FORMATS = {each.value.name: each.value for each in CitationFormat}
