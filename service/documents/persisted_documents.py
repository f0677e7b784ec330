"""Known documents: a folder of GraphQL, read once, each document known by a digest of its text."""

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from service.errors import (
    AllyGraphError,
    DocumentNotAllowed,
    MalformedBody,
    StartError,
    UnknownDocument,
)
from service.settings import Settings

SETTING = "ALLYGRAPH_DOCUMENTS_FOLDER"

_ENDING = ".graphql"
# How the appendix of GraphQL over HTTP writes such an id.
_PREFIX = "sha256:"


def document_id(text: str) -> str:
    """The SHA-256 of a text in UTF-8, in lower-case hexadecimal digits."""
    # JSON may hold half a surrogate pair, which has no UTF-8.
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()


class PersistedDocuments:
    """The documents of the folder, and whether others are answered too."""

    def __init__(self, settings: Settings, validate: Callable[[str], object]) -> None:
        """`validate` raises an AllyGraphError for a text that can't be asked.

        Raises StartError, with one line, where the folder is not what it should be.
        """
        self._only_known = settings.documents == "known"
        self._texts: Mapping[str, str] = _read(settings, validate)
        self._allowed = frozenset(self._texts.values())

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self._texts)

    def asked(self, content: Mapping[str, Any]) -> str:
        """The document of a request: its `query`, or the one that its `documentId` names.

        Raises MalformedBody, UnknownDocument or DocumentNotAllowed.
        """
        text, given_id = content.get("query"), content.get("documentId")
        if given_id is not None:
            return self._named(given_id, text)
        if not isinstance(text, str):
            raise MalformedBody(
                "`query` is missing, or is not text: it holds the GraphQL document. "
                "A known document may be named by `documentId` instead."
            )
        self.allow(text)
        return text

    def _named(self, given_id: object, text: object) -> str:
        if not isinstance(given_id, str):
            raise MalformedBody("`documentId` is not text.")
        if text is None:
            return self.find(given_id)
        if not isinstance(text, str) or document_id(text) != given_id.removeprefix(_PREFIX):
            raise MalformedBody(
                "`documentId` is not the SHA-256 of `query`; send one of the two, or both alike."
            )
        self.allow(text)
        return text

    def find(self, given_id: str) -> str:
        """The text of the document with this id. Raises UnknownDocument."""
        text = self._texts.get(given_id.removeprefix(_PREFIX))
        if text is None:
            raise UnknownDocument(
                "No document with this `documentId` is known here; send `query`, "
                "or ask the operator to add the document."
            )
        return text

    def allow(self, text: str) -> None:
        """Raises DocumentNotAllowed where known documents alone are answered, and it is none."""
        if self._only_known and text not in self._allowed:
            raise DocumentNotAllowed(
                "Only known documents are answered here, and this is none of them; "
                "ask the operator to add it."
            )


def _read(settings: Settings, validate: Callable[[str], object]) -> Mapping[str, str]:
    is_needed = settings.documents == "known"
    if not settings.documents_folder:
        if is_needed:
            raise StartError(
                f"ALLYGRAPH_DOCUMENTS=known needs documents: set {SETTING} to a folder of them."
            )
        return {}
    folder = Path(settings.documents_folder)
    texts = {document_id(text): text for text in _valid_texts(folder, validate)}
    if is_needed and not texts:
        raise StartError(f"{SETTING}={folder} has no *{_ENDING} in it: put the documents there.")
    return texts


def _valid_texts(folder: Path, validate: Callable[[str], object]) -> Iterator[str]:
    for file in _files(folder):
        text = _text(file)
        try:
            validate(text)
        except AllyGraphError as error:
            what = " ".join(str(error).split())
            raise StartError(f"{file} is no document that can be asked: {what}") from None
        yield text


def _files(folder: Path) -> Iterator[Path]:
    """Every document below, in the order of the names."""
    try:
        for within, folders, names in os.walk(folder, onerror=_refuse):
            folders.sort()
            yield from (Path(within, name) for name in sorted(names) if name.endswith(_ENDING))
    except OSError as error:
        raise _unreadable(error) from None


def _refuse(error: OSError) -> None:
    """A walk would pass over what it can't read."""
    raise error


def _text(file: Path) -> str:
    try:
        # As bytes, so that no line end is changed: `sha256sum` of the file gives the id.
        return file.read_bytes().decode()
    except UnicodeDecodeError as error:
        raise StartError(f"{file} is not UTF-8 ({error.reason}): save it as UTF-8.") from None
    except OSError as error:
        raise _unreadable(error) from None


def _unreadable(error: OSError) -> StartError:
    return StartError(
        f"{SETTING}: {error.filename} can't be read ({error.strerror}); "
        "set it to a folder of documents that this user may read."
    )
