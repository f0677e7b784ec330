"""Persisted documents: GraphQL files of a folder, read once, and documents that clients register.

Each document is identified by the digest of its text.
"""

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from service.documents.registered_documents import RegisteredDocuments
from service.errors import (
    AllyGraphError,
    DocumentNotAllowed,
    MalformedBody,
    StartError,
    UnknownDocument,
    UnregisteredDocument,
)
from service.settings import Settings

SETTING = "ALLYGRAPH_DOCUMENTS_FOLDER"

_ENDING = ".graphql"
# The optional prefix of an id, as in the appendix of GraphQL over HTTP.
_PREFIX = "sha256:"


def document_id(text: str) -> str:
    """The SHA-256 of a text in UTF-8, in lower-case hexadecimal digits."""
    # JSON may contain a lone surrogate, which UTF-8 cannot encode.
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()


class PersistedDocuments:
    """The documents of the folder, and those that clients register unless only known ones run."""

    def __init__(self, settings: Settings, validate: Callable[[str], object]) -> None:
        """`validate` raises an AllyGraphError for an invalid document.

        Raises StartError if the folder is missing, empty or has an invalid file.
        """
        self.only_known = settings.documents == "known"
        self._texts: Mapping[str, str] = _read(settings, validate)
        self._allowed = frozenset(self._texts.values())
        self._registered = RegisteredDocuments()

    @property
    def count(self) -> int:
        """The number of documents in the folder."""
        return len(self._texts)

    def document_of(self, content: Mapping[str, Any]) -> str:
        """The document of a request: its `query`, or the one that its `documentId` names.

        Raises MalformedBody, UnknownDocument or DocumentNotAllowed.
        """
        text, id = content.get("query"), content.get("documentId")
        if id is not None:
            return self._named(id, text)
        if not isinstance(text, str):
            raise MalformedBody(
                "`query` is missing or not a string: set it to the GraphQL document, "
                "or name a known document by `documentId`."
            )
        self.allow(text)
        return text

    def _named(self, id: object, text: object) -> str:
        if not isinstance(id, str):
            raise MalformedBody("`documentId` must be a string.")
        if text is None:
            return self.find(id)
        if not isinstance(text, str) or document_id(text) != id.removeprefix(_PREFIX):
            raise MalformedBody(
                "The document id must be the SHA-256 of `query`; send only one, or make them match."
            )
        self.allow(text)
        return text

    def find(self, id: str) -> str:
        """The text of the document with this id. Raises UnknownDocument."""
        text = self._found(id.removeprefix(_PREFIX))
        if text is None:
            raise UnknownDocument(
                "Unknown `documentId`; send `query`, or ask the operator to add the document."
            )
        return text

    def find_automatic(self, id: str) -> str:
        """Like `find`, for a client that can register the document.

        Raises UnregisteredDocument if the client may register it, or UnknownDocument.
        """
        text = self._found(id)
        if text is None and not self.only_known:
            raise UnregisteredDocument
        return self.find(id) if text is None else text

    def _found(self, id: str) -> str | None:
        return self._texts.get(id) or self._registered.find(id)

    def register(self, id: str, text: str) -> None:
        """Stores a valid document of a client under its id.

        Does nothing if only known documents are allowed, or if the folder has the document.
        """
        if not self.only_known and id not in self._texts:
            self._registered.register(id, text)

    def allow(self, text: str) -> None:
        """Raises DocumentNotAllowed if only known documents are allowed and this is not one."""
        if self.only_known and text not in self._allowed:
            raise DocumentNotAllowed(
                "This document is not one of the known documents, and no others are allowed; "
                "ask the operator to add it."
            )


def _read(settings: Settings, validate: Callable[[str], object]) -> Mapping[str, str]:
    required = settings.documents == "known"
    if not settings.documents_folder:
        if required:
            raise StartError(
                f"ALLYGRAPH_DOCUMENTS=known requires documents: set {SETTING} to their folder."
            )
        return {}
    folder = Path(settings.documents_folder)
    texts = {document_id(text): text for text in _valid_texts(folder, validate)}
    if required and not texts:
        raise StartError(
            f"{SETTING}={folder} contains no *{_ENDING} file: put the documents there."
        )
    return texts


def _valid_texts(folder: Path, validate: Callable[[str], object]) -> Iterator[str]:
    for file in _files(folder):
        text = _text(file)
        try:
            validate(text)
        except AllyGraphError as error:
            reason = " ".join(str(error).split())
            raise StartError(f"{file} is not a valid document: {reason}") from None
        yield text


def _files(folder: Path) -> Iterator[Path]:
    """All document files in the folder and its subfolders, in the order of their names."""
    try:
        for within, folders, names in os.walk(folder, onerror=_refuse):
            folders.sort()
            yield from (Path(within, name) for name in sorted(names) if name.endswith(_ENDING))
    except OSError as error:
        raise _unreadable(error) from None


def _refuse(error: OSError) -> None:
    """Raises the error, since `os.walk` ignores unreadable folders."""
    raise error


def _text(file: Path) -> str:
    try:
        # Read as bytes, which preserves line breaks: `sha256sum` of the file prints the id.
        return file.read_bytes().decode()
    except UnicodeDecodeError as error:
        raise StartError(f"{file} is not UTF-8 ({error.reason}): save it as UTF-8.") from None
    except OSError as error:
        raise _unreadable(error) from None


def _unreadable(error: OSError) -> StartError:
    return StartError(
        f"{SETTING}: {error.filename} cannot be read ({error.strerror}): "
        "set it to a folder of documents that this user may read."
    )
