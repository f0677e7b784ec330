"""Documents that a service receives for the first time: with new literals, or entirely new.

Clients that write values into the text, people in GraphiQL and assistants send such documents.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bench import agreement, workloads
from bench.databases import Kind
from bench.figures import Finding, Outcome, Target
from bench.servers import STOCK, UNCACHED, Service
from bench.session import Session
from bench.wrk import Load

# More than the cache of any service holds.
_DOCUMENTS = 5_000
_AS_FAST_AS_REPEATED = Target(0.5)
_LITERALS, _NEW, _REPEATED = "new literals", "new documents", "repeated"

_ACTOR = "id slug name kind description"

# Returns the text of a document, given its number and a value.
Write = Callable[[int, str], str]


@dataclass(frozen=True)
class Texts:
    """Requests without variables, each with a document of its own."""

    name: str
    bodies: Sequence[bytes]


def _lookup_with_literal(number: int, slug: str) -> str:
    return f'query Lookup{number} {{ actor(by: {{slug: "{slug}"}}) {{ {_ACTOR} }} }}'


def _new_lookup(number: int, slug: str) -> str:
    return f'{{ a{number}: actor(by: {{slug: "{slug}"}}) {{ {_ACTOR} }} }}'


def _page_with_literal(number: int, kind: str) -> str:
    page = f"supports(where: {{kind: {{eq: {kind}}}}}, first: {49 + number % 3})"
    return f"query Page{number} {{ {page} {{{workloads.SUPPORTS}}} }}"


def _new_page(number: int, kind: str) -> str:
    return _page_with_literal(number, kind).replace("summary", f"summary{number}: summary")


@dataclass(frozen=True)
class NewDocuments:
    """One query, with its document in each form.

    `values`: the SQL that finds the values of its text. `than_stock`: the target for new documents,
    as a ratio to stock.
    """

    name: str
    values: str
    with_literal: Write
    new: Write
    than_stock: Target

    def run(self, session: Session) -> Outcome:
        """Measures new literals and new documents beside a repeated document, and stock."""
        values = session.database.column(self.values)
        texts = {
            _REPEATED: self._texts(_REPEATED, [self.with_literal(0, values[0])]),
            _LITERALS: self._texts(_LITERALS, self._all(self.with_literal, values)),
            _NEW: self._texts(_NEW, self._all(self.new, values)),
        }
        services = [UNCACHED, *([STOCK] if session.database.kind is Kind.SQLITE else [])]
        servers = {service.name: session.server(service) for service in services}
        for each in texts.values():
            senders = {name: server.send for name, server in servers.items()}
            agreement.check(each, UNCACHED.name, senders)
        loads = [
            Load(_label(service, each), session.server(service).url, each.bodies)
            for service in services
            for each in texts.values()
        ]
        rates = session.rounds.measure(self.name, loads)
        figures = {rate.service: rate.figures for rate in rates}
        ours = {each: figures[_label(UNCACHED, texts[each])] for each in texts}
        findings = [
            Finding(
                f"{self.name}: {_LITERALS} / {_REPEATED}",
                ours[_LITERALS].over(ours[_REPEATED]),
                _AS_FAST_AS_REPEATED,
            )
        ]
        if STOCK in services:
            stock = figures[_label(STOCK, texts[_NEW])]
            name = f"{self.name}: {_NEW} / {STOCK.name}"
            findings.append(Finding(name, ours[_NEW].over(stock), self.than_stock))
        return Outcome(rates, findings)

    def _texts(self, name: str, documents: Sequence[str]) -> Texts:
        return Texts(name, [workloads.body(document, {}) for document in documents])

    def _all(self, write: Write, values: Sequence[str]) -> list[str]:
        return [write(n, values[n % len(values)]) for n in range(_DOCUMENTS)]


def _label(service: Service, texts: Texts) -> str:
    return f"{service.name}, {texts.name}"


_WORKS = (
    NewDocuments(
        "look-ups",
        "SELECT slug FROM actor ORDER BY id LIMIT 500",
        _lookup_with_literal,
        _new_lookup,
        Target(2),
    ),
    NewDocuments(
        "pages",
        "SELECT DISTINCT kind FROM support ORDER BY kind",
        _page_with_literal,
        _new_page,
        Target(6),
    ),
)


def compare(session: Session) -> Outcome:
    """Look-ups and pages."""
    outcomes = [work.run(session) for work in _WORKS]
    return Outcome(
        [rate for outcome in outcomes for rate in outcome.rates],
        [finding for outcome in outcomes for finding in outcome.findings],
    )
