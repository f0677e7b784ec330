"""A data set as a folder: `dataset.yaml`, and one file for each collection (`actors.yaml`, ...).

A YAML file maps keys to records; in a file of JSON lines (`actors.jsonl`) each record has its key
in the field `key`. A record may contain records that belong to it, under the name that the API
gives the relation: `memberOf` in an actor, `evidence` in a statement.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from schema.concepts import COLLECTIONS, CONCEPTS, Concept, ToMany, ToOne
from schema.writing.drafts import written_members
from seeds import json_lines
from seeds.source import CONCEPTS_IN_ORDER, Description, Entry, SeedError

DESCRIPTION = "dataset.yaml"
JSON_LINES = ".jsonl"
_SUFFIXES = (".yaml", JSON_LINES)


@dataclass(frozen=True)
class Folder:
    """A data set in a folder."""

    path: Path

    @property
    def name(self) -> str:
        """The slug of the data set, derived from the name of the folder without reading a file."""
        return self.path.name.replace("_", "-")

    def digest(self) -> str:
        """Returns a digest of the names and contents of all files."""
        whole = sha256()
        for file in sorted(self.path.iterdir()):
            if file.is_file():
                whole.update(file.name.encode() + b"\0" + sha256(file.read_bytes()).digest())
        return whole.hexdigest()

    def description(self) -> Description:
        """Reads `dataset.yaml`. Raises SeedError for invalid content."""
        file = self._name_of(self.path / DESCRIPTION)
        content = self._read(self.path / DESCRIPTION)
        # The rules report missing fields, as for any record.
        own: dict[str, Any] = dict.fromkeys(("slug", "title", "version", "licence", "citation"))
        names = {*own, "url"}
        for name in content:
            if name not in names | {"expected"} | written_members("Dataset").keys():
                raise SeedError("Unknown field.", file=file, path=name)
        own |= {name: content[name] for name in names & content.keys()}
        expected = _counts(content.pop("expected", None), file)
        more = {name: value for name, value in content.items() if name not in names}
        return Description(**own, expected=expected, more=more, file=file)

    def entries(self) -> Iterator[Entry | SeedError]:
        """Yields the records of all files, and an error for each that cannot be read."""
        for file in sorted(self.path.iterdir()):
            if file.suffix in _SUFFIXES and file.name != DESCRIPTION:
                try:
                    yield from self._entries_of(file)
                except SeedError as error:
                    yield error

    def _entries_of(self, file: Path) -> Iterator[Entry | SeedError]:
        concept = COLLECTIONS.get(file.stem)
        name = self._name_of(file)
        if concept is None or concept.name not in CONCEPTS_IN_ORDER:
            raise SeedError("Its name is not that of a collection.", file=name)
        for each in self._records(file):
            if isinstance(each, ValueError):
                yield SeedError(str(each), file=name)
                continue
            key, values = each
            entry = Entry(concept.name, key, values, name)
            if isinstance(values, Mapping):
                yield from _with_nested(concept, entry)
            else:
                yield entry.error("There are no fields in it.")

    def _records(self, file: Path) -> Iterable[tuple[str, Any] | ValueError]:
        if file.suffix == JSON_LINES:
            return json_lines.read(file)
        return self._read(file).items()

    def _read(self, file: Path) -> dict[str, Any]:
        # Imported here because most starts load nothing, and so read no YAML.
        from seeds import plain_yaml

        try:
            content = plain_yaml.read(file)
        except (OSError, ValueError) as error:
            raise SeedError(str(error), file=self._name_of(file)) from None
        if not isinstance(content, dict):
            raise SeedError("It does not map keys to values.", file=self._name_of(file))
        return content

    def _name_of(self, file: Path) -> str:
        return f"{self.path.name}/{file.name}"


def _counts(content: Any, file: str) -> dict[str, int]:
    try:
        return {name: int(count) for name, count in (content or {}).items()}
    except (AttributeError, TypeError, ValueError):
        message = "It does not map the names of collections to whole numbers."
        raise SeedError(message, file=file, path="expected") from None


def _with_nested(concept: Concept, entry: Entry) -> Iterator[Entry | SeedError]:
    """Yields the record without its nested records, and then these."""
    own, nested = {}, []
    for name, value in entry.fields.items():
        member = concept.members.get(name)
        if isinstance(member, ToMany) and member.far is None:
            nested.append((member, value))
        else:
            own[name] = value
    yield Entry(entry.concept, entry.key, own, entry.file)
    for member, records in nested:
        try:
            yield from _nested(member, records, entry)
        except SeedError as error:
            yield error


def _nested(member: ToMany, records: Any, owner: Entry) -> Iterator[Entry]:
    target = CONCEPTS[member.target]
    edges = {m.name: m for m in target.members.values() if isinstance(m, ToOne)}
    back = next(name for name, edge in edges.items() if edge.column is member.near)
    if not isinstance(records, list) or not all(isinstance(r, Mapping) for r in records):
        raise owner.error("It is not a list of records.", member.name)
    for record in records:
        # The references identify a nested record, so they are its key.
        others = [str(record[name]) for name in edges if name in record and name != back]
        key = " ".join([owner.key, *others])
        yield Entry(target.name, key, {**record, back: owner.key}, owner.file)
