"""Persisted documents: read from a folder once, named by a digest, optionally exclusive."""

import hashlib
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from schema.graphql.schema import graphql_schema
from service.documents.documents import Documents
from service.documents.persisted_documents import PersistedDocuments, document_id
from service.errors import DocumentNotAllowed, MalformedBody, StartError, UnknownDocument
from service.settings import Settings
from tests.commands import doctor
from tests.stores import url_of

NAMES = "query Names { actors { nodes { name } } }\n"
KINDS = "{ supportKinds { kind } }"
UNKNOWN_ID = "0" * 64


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two documents, one of them in a subfolder, and another file."""
    (tmp_path / "names.graphql").write_text(NAMES)
    (tmp_path / "kinds" / "all").mkdir(parents=True)
    (tmp_path / "kinds" / "all" / "kinds.graphql").write_text(KINDS)
    (tmp_path / "README.md").write_text("What these are for.")
    return tmp_path


def read(folder: Path | str, documents: str = "open") -> PersistedDocuments:
    settings = Settings(documents_folder=str(folder), documents=documents)
    return PersistedDocuments(settings, Documents(graphql_schema(), settings).get)


# --- finding ------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [NAMES, KINDS])
@pytest.mark.parametrize("prefix", ["", "sha256:"])
def test_document_is_found_by_the_digest_of_its_text(folder: Path, prefix: str, text: str) -> None:
    assert read(folder).find(prefix + sha256(text)) == text


def test_id_is_what_sha256sum_says_of_the_file(folder: Path) -> None:
    command = ["sha256sum", str(folder / "names.graphql")]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert read(folder).find(said.split()[0]) == NAMES


def test_line_ends_and_letters_of_any_script_stay_as_they_are(tmp_path: Path) -> None:
    text = '# Qui aide l’Україну ?\r\n{ actor(by: {slug: "ukraine"}) { name } }\r\n'
    (tmp_path / "crlf.graphql").write_bytes(text.encode())
    assert read(tmp_path).find(sha256(text)) == text


def test_only_documents_are_read(folder: Path) -> None:
    assert read(folder).count == 2


@pytest.mark.parametrize("given", [UNKNOWN_ID, "", "names", sha256(NAMES).upper()])
def test_unknown_id_is_reported(folder: Path, given: str) -> None:
    with pytest.raises(UnknownDocument, match="Unknown `documentId`"):
        read(folder).find(given)


def test_nothing_is_known_without_a_folder() -> None:
    with pytest.raises(UnknownDocument):
        read("").find(sha256(NAMES))


def test_document_that_is_put_there_later_is_unknown(folder: Path) -> None:
    documents = read(folder)
    (folder / "later.graphql").write_text("{ __typename }")
    with pytest.raises(UnknownDocument):
        documents.find(sha256("{ __typename }"))


# --- which documents are answered ---------------------------------------------------------------


def test_any_document_is_allowed_where_all_are(folder: Path) -> None:
    read(folder).allow("{ __typename }")
    read("").allow("{ __typename }")


def test_known_documents_alone_are_allowed_where_it_is_so_set(folder: Path) -> None:
    documents = read(folder, "known")
    documents.allow(NAMES)
    with pytest.raises(DocumentNotAllowed, match="not one of the known documents"):
        documents.allow("{ __typename }")
    with pytest.raises(DocumentNotAllowed):
        documents.allow(NAMES.strip())


def test_request_asks_by_text_or_by_id(folder: Path) -> None:
    documents = read(folder, "known")
    assert documents.document_of({"query": NAMES}) == NAMES
    assert documents.document_of({"documentId": sha256(NAMES)}) == NAMES
    assert documents.document_of({"query": None, "documentId": f"sha256:{sha256(NAMES)}"}) == NAMES
    assert documents.document_of({"query": NAMES, "documentId": None}) == NAMES


def test_request_may_give_both_where_they_are_the_same_document(folder: Path) -> None:
    both = {"query": "{ __typename }", "documentId": sha256("{ __typename }")}
    assert read(folder).document_of(both) == "{ __typename }"
    with pytest.raises(DocumentNotAllowed):
        read(folder, "known").document_of(both)


MALFORMED: list[dict[str, Any]] = [
    {},
    {"query": None},
    {"query": 7},
    {"documentId": 7},
    {"documentId": ["a"]},
    {"query": NAMES, "documentId": sha256(KINDS)},
    {"query": NAMES, "documentId": ""},
    {"query": "", "documentId": sha256(NAMES)},
    {"query": 7, "documentId": sha256(NAMES)},
    {"query": "\ud800", "documentId": sha256("?")},
]


@pytest.mark.parametrize("content", MALFORMED, ids=ascii)
def test_request_that_names_no_one_document_is_malformed(
    folder: Path, content: dict[str, Any]
) -> None:
    with pytest.raises(MalformedBody):
        read(folder).document_of(content)


def test_text_with_half_a_character_has_an_id_of_its_own() -> None:
    assert document_id("\ud800") != document_id("?")


# --- folders that will not do -------------------------------------------------------------------


def one_line(refused: pytest.ExceptionInfo[StartError]) -> str:
    (line,) = refused.value.message.splitlines()
    return line


def test_known_documents_need_a_folder() -> None:
    with pytest.raises(StartError, match="ALLYGRAPH_DOCUMENTS=known requires documents") as refused:
        read("", "known")
    assert "set ALLYGRAPH_DOCUMENTS_FOLDER" in one_line(refused)


def test_known_documents_need_a_document(tmp_path: Path) -> None:
    with pytest.raises(StartError, match=r"contains no \*\.graphql file") as refused:
        read(tmp_path, "known")
    assert str(tmp_path) in one_line(refused)


def test_empty_folder_will_do_where_any_document_is_answered(tmp_path: Path) -> None:
    assert read(tmp_path).count == 0


@pytest.mark.parametrize("documents", ["open", "known"])
def test_folder_that_is_missing_is_reported(tmp_path: Path, documents: str) -> None:
    with pytest.raises(StartError, match="cannot be read") as refused:
        read(tmp_path / "missing", documents)
    assert "missing" in one_line(refused)
    assert "No such file or directory" in one_line(refused)


def test_file_in_place_of_a_folder_is_reported(folder: Path) -> None:
    with pytest.raises(StartError, match="Not a directory"):
        read(folder / "names.graphql")


def test_file_that_leads_nowhere_is_reported(folder: Path) -> None:
    (folder / "gone.graphql").symlink_to(folder / "nowhere")
    with pytest.raises(StartError, match=r"gone\.graphql cannot be read"):
        read(folder)


def test_file_that_leads_to_a_document_will_do(folder: Path, tmp_path: Path) -> None:
    (folder / "same.graphql").symlink_to(folder / "names.graphql")
    assert read(folder).find(sha256(NAMES)) == NAMES


BAD_DOCUMENTS = {
    "query {": "Syntax Error",
    "": "Syntax Error",
    "{ frobnicate }": "Cannot query field 'frobnicate' on type 'Query'",
    "{ " + "a: __typename " * 300 + "}": "The query has 300 root fields",
}


@pytest.mark.parametrize(("text", "says"), BAD_DOCUMENTS.items(), ids=BAD_DOCUMENTS.values())
def test_document_that_can_not_be_asked_is_reported(folder: Path, text: str, says: str) -> None:
    (folder / "bad.graphql").write_text(text)
    with pytest.raises(StartError, match=r"bad\.graphql is not a valid document") as told:
        read(folder)
    assert says in one_line(told)


def test_document_that_is_no_text_is_reported(folder: Path) -> None:
    (folder / "bad.graphql").write_bytes(b"{ actor \xff }")
    with pytest.raises(StartError, match=r"bad\.graphql is not UTF-8 .*: save it as UTF-8") as told:
        read(folder)
    one_line(told)


# --- doctor -------------------------------------------------------------------------------------


def test_doctor_reports_known_documents(seeded: Path, folder: Path) -> None:
    database = {"ALLYGRAPH_DATABASE_URL": url_of(seeded)}
    known = {"ALLYGRAPH_DOCUMENTS": "known", "ALLYGRAPH_DOCUMENTS_FOLDER": str(folder)}
    good = doctor(**database, **known)
    assert "good  documents: 2 known documents; no other is allowed\n" in good.out
    assert good.status == 0


def test_doctor_reports_a_folder_that_this_user_may_not_read(seeded: Path, folder: Path) -> None:
    settings = {
        "ALLYGRAPH_DATABASE_URL": url_of(seeded),
        "ALLYGRAPH_DOCUMENTS_FOLDER": str(folder),
    }
    inner = folder / "kinds"
    os.chmod(inner, 0)
    try:
        bad = doctor(**settings)
    finally:
        os.chmod(inner, 0o755)
    assert bad.status == 1
    (line,) = bad.err.splitlines()
    assert line.startswith("bad   documents: ALLYGRAPH_DOCUMENTS_FOLDER: ")
    assert f"{inner} cannot be read (Permission denied)" in line
