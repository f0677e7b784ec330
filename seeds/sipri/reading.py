"""The trade register: the deliveries of one order in one year."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from seeds.files import Columns, Table
from seeds.files.numbers import amount, held, whole, written, year
from seeds.files.table import Cells
from seeds.importing import sums
from seeds.importing.actors import Actors, Named
from seeds.importing.conflicts import Conflicts
from seeds.importing.declared import About
from seeds.importing.report import Rejected, Report
from seeds.importing.tally import Tally
from seeds.sipri.mapping import UNKNOWN, kind_of
from seeds.source import Entry

REGISTER = Columns(
    (
        *("SIPRI AT Database ID", "Supplier", "Recipient", "Designation", "Description"),
        *("Armament category", "Order date", "Order date is estimate", "Numbers delivered"),
        *("Numbers delivered is estimate", "Delivery year", "Delivery year is estimate", "Status"),
        *("SIPRI estimate", "TIV deal unit", "TIV delivery values", "Local production"),
    ),
    amounts=("SIPRI AT Database ID", "Numbers delivered", "TIV delivery values"),
)
_YES_NO = {"yes": True, "no": False, "true": True, "false": False, "": False}


@dataclass
class TradeRegister:
    """A file of the register, as the user has selected and downloaded it."""

    about: About
    table: Table
    report: Report
    version: str
    _keys: Tally = field(default_factory=Tally)

    def entries(self, actors: Actors, _: Conflicts) -> Iterator[Entry]:
        """Yields a support for each row."""
        places = self.table.places
        for number, cells in self.table.rows(self.report.reject):
            try:
                fields = _fields(cells, places, actors)
            except Rejected as reason:
                self.report.reject(number, str(reason))
                continue
            self.report.use()
            self._count(fields)
            yield Entry("Support", self._key(fields), fields, self.table.path.name)

    def _key(self, fields: dict[str, Any]) -> str:
        """Returns the order and the year of delivery. A repeated key gets a number."""
        key = fields["sourceKey"]
        number = self._keys.count(key)
        if number > 1:
            key = fields["sourceKey"] = f"{key} #{number}"
        return str(key)

    def _count(self, fields: Mapping[str, Any]) -> None:
        report = self.report
        report.add(sums.supports(fields["attribution"]))
        if "worth" in fields:
            report.add(sums.worth("TIV"), Decimal(fields["worth"]["value"]))
        if "quantity" in fields:
            report.add(sums.quantity("PIECES"), Decimal(fields["quantity"]["value"]))
        if fields.get("recipient") is None:
            report.counts["unknown recipients"] += 1


def _fields(cells: Cells, places: Mapping[str, int], actors: Actors) -> dict[str, Any]:
    def text(name: str) -> str:
        return cells[places[name]].strip()

    def estimated(name: str) -> bool:
        word = text(f"{name} is estimate").casefold()
        if word not in _YES_NO:
            raise Rejected(f"{name} is estimate: {word!r} is neither Yes nor No.")
        return _YES_NO[word]

    def dated(name: str) -> str | None:
        if not text(name):
            return None
        return f"{year(text(name))}{'~' if estimated(name) else ''}"

    category, description = text("Armament category"), text("Description")
    designation = text("Designation")
    kind = kind_of(category, description, designation)
    if kind is None:
        raise Rejected(f"The armament category {category!r} is not in the mapping.")
    try:
        id_, delivered = whole(text("SIPRI AT Database ID")), dated("Delivery year")
        ordered = dated("Order date")
        pieces, worth = _known(text("Numbers delivered")), _known(text("TIV delivery values"))
    except ValueError as error:
        raise Rejected(f"A value cannot be read: {error}.") from None
    if delivered is None:
        raise Rejected("It has no delivery year.")
    on = int(delivered[:4])
    names = [text(role) for role in ("Supplier", "Recipient")]
    known = [name for name in names if not UNKNOWN.match(name)]
    found = dict(zip(known, actors.find_apart(map(_named, known), on), strict=True))
    supplier, recipient = map(found.get, names)
    fields: dict[str, Any] = {
        "attribution": "UNKNOWN" if supplier is None else "CERTAIN",
        "supporter": supplier,
        "recipient": recipient,
        "kind": kind,
        "phase": "DELIVERED",
        "agreedOn": ordered,
        "startedOn": delivered,
        "endedOn": delivered,
        "summary": _summary(designation, text("Status"), text("Local production")),
        "sourceCategory": f"{category}: {description}"[:300],
        "sourceKey": f"{id_} {delivered[:4]}",
    }
    if pieces is not None:
        is_estimate = estimated("Numbers delivered")
        fields["quantity"] = {
            "value": written(pieces),
            "unit": "PIECES",
            "estimated": is_estimate,
        }
    if worth is not None:
        fields["worth"] = {"value": written(worth), "unit": "TIV"}
    return fields


def _known(text: str) -> Decimal | None:
    return held(amount(text)) if text else None


def _named(name: str) -> Named:
    """Returns the actor. SIPRI marks armed groups by one asterisk, organisations by two."""
    plain = name.rstrip("*").strip()
    kinds = ("STATE", "ARMED_GROUP", "ORGANISATION")
    return Named(plain, plain, kinds[min(len(name) - len(name.rstrip("*")), 2)])


def _summary(designation: str, status: str, local: str) -> str:
    made = "; made locally" if _YES_NO.get(local.casefold(), bool(local)) else ""
    used = f" ({status.lower()})" if status and status.casefold() != "new" else ""
    return f"{designation}{used}{made}"[:2000]
