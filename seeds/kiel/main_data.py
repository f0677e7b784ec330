"""The sheet MAIN DATA of the tracker's workbook: one activity a row, with its sources."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from schema.values.addresses import canonical_url
from schema.values.currencies import currencies
from seeds.files import Columns, Table
from seeds.files.numbers import amount, held, written
from seeds.files.table import Cells
from seeds.importing import sums
from seeds.importing.actors import Actors
from seeds.importing.conflicts import Conflicts
from seeds.importing.declared import About
from seeds.importing.report import Rejected, Report
from seeds.kiel.donors import UKRAINE, donor
from seeds.kiel.mapping import AID_TYPES, BLANKS, CURRENCIES, MEASURES, looked_up
from seeds.source import Entry

_SOURCES = tuple(f"Source of Aid {number}" for number in range(1, 5))
_TEXT_MOST = 5_000
_TITLE_MOST, _URL_MOST = 500, 2_000
_KEY_MOST = 300

ACTIVITIES = Columns(
    (
        *("activity_id", "sub_activity_id", "donor", "announcement_date", "month"),
        *("aid_type_general", "aid_type_specific", "measure", "item", "item_type", "item_numb"),
        *("item_value_estimate_USD", "source_reported_value", "reporting_currency"),
        *("tot_sub_activity_value_EUR", "explanation", *_SOURCES),
    ),
    ("tot_sub_activity_value_EUR_redistr",),
    amounts=("item_numb", "source_reported_value", "tot_sub_activity_value_EUR"),
)


@dataclass(frozen=True, slots=True)
class _Activity:
    """A row after parsing. Amounts are None if the sheet has none, or 0 for not valued."""

    key: str
    donor: str
    announced: str | None
    kind: str
    phase: str
    category: str
    item: str
    text: str
    pieces: Decimal | None
    euros: Decimal | None
    reported: tuple[Decimal, str] | None
    sources: tuple[str, ...]


@dataclass
class MainData:
    """The sheet MAIN DATA, with a source and a statement for each source of an activity."""

    about: About
    table: Table
    report: Report
    version: str
    _keys: set[str] = field(default_factory=set)
    _sources: set[str] = field(default_factory=set)
    _statements: dict[tuple[str, ...], str] = field(default_factory=dict)

    def entries(self, actors: Actors, _: Conflicts) -> Iterator[Entry]:
        """Yields a support for each row, and evidence for it from each of the row's sources."""
        places = self.table.places
        for number, cells in self.table.rows(self.report.reject):
            try:
                found = self._read(cells, places)
                on = int(found.announced[:4]) if found.announced else None
                giver, receiver = actors.find_apart((donor(found.donor), UKRAINE), on)
            except Rejected as reason:
                self.report.reject(number, str(reason))
                continue
            self._keys.add(found.key)
            self.report.use()
            self._count(found)
            yield self._support(found, giver, receiver)
            for source in found.sources:
                yield from self._evidence(found, source, giver)

    def _read(self, cells: Cells, places: Mapping[str, int]) -> _Activity:
        found = _activity({name: cells[place].strip() for name, place in places.items()})
        if found.key in self._keys:
            raise Rejected(f"An earlier row has the same sub-activity {found.key!r}.")
        return found

    def _count(self, found: _Activity) -> None:
        report = self.report
        report.add(sums.supports())
        if found.euros is None:
            report.counts["not valued"] += 1
        else:
            report.add(sums.worth("EUR", phase=found.phase), found.euros)
            report.counts["corrections"] += found.euros < 0
        if found.pieces is not None:
            report.add(sums.quantity("PIECES"), found.pieces)

    def _support(self, found: _Activity, giver: str, receiver: str) -> Entry:
        fields: dict[str, Any] = {
            "supporter": giver,
            "recipient": receiver,
            "kind": found.kind,
            "phase": found.phase,
            "agreedOn": found.announced,
            "summary": found.item or None,
            "sourceCategory": found.category,
            "sourceKey": found.key,
        }
        if found.euros is not None:
            fields["worth"] = _money(found.euros, "EUR")
            if found.euros < 0:
                fields["note"] = "A correction of entries of this donor: its worth is negative."
        if found.pieces is not None:
            fields["quantity"] = {"value": written(found.pieces), "unit": "PIECES"}
        return self._entry("Support", found.key, fields)

    def _evidence(self, found: _Activity, source: str, giver: str) -> Iterator[Entry]:
        """Yields the source and the statement if they are new, and the evidence for the support."""
        if source not in self._sources:
            self._sources.add(source)
            url = _url(source)
            yield self._entry("Source", source, {"title": _title(source), "url": url})
        same = source, giver, found.text, found.announced or ""
        if same not in self._statements:
            self._statements[same] = f"{found.key} {source}"
            fields = {
                "speaker": giver,
                "source": source,
                "text": found.text,
                "saidOn": found.announced,
                "note": "Paraphrase by the Ukraine Support Tracker.",
            }
            yield self._entry("Statement", self._statements[same], fields)
        claim: dict[str, Any] = {
            "support": found.key,
            "statement": self._statements[same],
            "stance": "ASSERTS",
        }
        if found.reported:
            claim["worth"] = _money(*found.reported)
        yield self._entry("Evidence", f"{found.key} {source}", claim)

    def _entry(self, concept: str, key: str, fields: Mapping[str, Any]) -> Entry:
        return Entry(concept, key, fields, self.table.path.name)


def _activity(row: Mapping[str, str]) -> _Activity:
    key = row["sub_activity_id"] or row["activity_id"]
    if _blank(key):
        raise Rejected("It has no sub_activity_id and no activity_id.")
    if len(key) > _KEY_MOST:
        raise Rejected(f"Its id has {len(key)} characters, and may have {_KEY_MOST}.")
    if _blank(row["donor"]):
        raise Rejected("It names no donor.")
    kind = looked_up(row["aid_type_general"], AID_TYPES)
    if kind is None:
        raise Rejected(f"aid_type_general {row['aid_type_general']!r} is not in the mapping.")
    phase = looked_up(row["measure"], MEASURES)
    if phase is None:
        raise Rejected(f"The measure {row['measure']!r} is not in the mapping.")
    announced = _day(row["announcement_date"])
    categories = ("aid_type_general", "aid_type_specific", "item_type")
    item = "" if _blank(row["item"]) else row["item"]
    text = next(
        (each for each in (row["explanation"], item) if not _blank(each)),
        f"{row['donor']}: {row['measure']}, {row['aid_type_general']} aid to Ukraine.",
    )
    return _Activity(
        key=key,
        donor=" ".join(row["donor"].split()),
        announced=announced,
        kind=kind,
        phase=phase,
        category=" / ".join(row[each] for each in categories if not _blank(row[each]))[:300],
        item=item[:2000],
        text=text[:_TEXT_MOST],
        # The tracker counts only weapons and equipment in pieces.
        pieces=_valued(row["item_numb"], "item_numb") if kind == "MILITARY" else None,
        euros=_valued(row["tot_sub_activity_value_EUR"], "tot_sub_activity_value_EUR"),
        reported=_reported(row),
        sources=tuple(
            dict.fromkeys(_source(row[each]) for each in _SOURCES if not _blank(row[each]))
        ),
    )


def _blank(text: str) -> bool:
    return text.casefold() in BLANKS


def _valued(text: str, column: str) -> Decimal | None:
    """Returns an amount; None for an empty cell and for 0, which means not valued."""
    if _blank(text):
        return None
    try:
        return held(amount(text)) or None
    except ValueError as error:
        raise Rejected(f"{column}: {error}.") from None


def _reported(row: Mapping[str, str]) -> tuple[Decimal, str] | None:
    """Returns the value that the sources report, and its currency."""
    value = _valued(row["source_reported_value"], "source_reported_value")
    if value is None:
        return None
    word = " ".join(row["reporting_currency"].split()).upper()
    currency = CURRENCIES.get(word, word)
    if currency not in currencies():
        raise Rejected(f"The currency {row['reporting_currency']!r} is not in the mapping.")
    return value, currency


def _day(text: str) -> str | None:
    if _blank(text):
        return None
    try:
        return datetime.fromisoformat(text).date().isoformat()
    except ValueError:
        raise Rejected(f"announcement_date {text!r} is not a date such as 2022-02-28.") from None


def _source(text: str) -> str:
    """Returns the canonical URL of a source, or its name if it has none."""
    return _url(text) or _title(" ".join(text.split()))


def _title(source: str) -> str:
    return source if len(source) <= _TITLE_MOST else f"{source[: _TITLE_MOST - 3]}..."


def _url(text: str) -> str | None:
    try:
        url = canonical_url(text)
    except ValueError:
        return None
    return url if len(url) <= _URL_MOST else None


def _money(value: Decimal, currency: str) -> Mapping[str, str]:
    return {"value": written(value), "unit": "CURRENCY", "currency": currency}
