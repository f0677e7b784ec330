"""Resolves the actors that a data set names: by codes, exact names and decisions.

In this order: the user's mapping file, the data set's own codes, codes of other schemes valid in
the year, exact names valid in the year, and the importer's reviewed mapping. Similar names are
never matched. The remaining names are listed, or created with `--create-missing`. A name that
several actors have is listed and never created.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection

from schema.rules.across import code_is_of_its_scheme
from seeds.importing.known_actors import Code, Known, KnownActors, slugs
from seeds.importing.mapping_file import Decided, Decisions
from seeds.importing.names import normalised, slug_of
from seeds.importing.report import Contradiction, Rejected, Unresolved
from seeds.source import Entry

_STATE = "STATE"
_LISTED_MOST = 5
_NAME_MOST = 300


@dataclass(frozen=True, slots=True)
class Named:
    """An actor as a data set names it.

    `key`: the data set's key for it, the same in all releases. `scheme`: the scheme of codes that
    the key belongs to, if it is a code. `codes`: its codes in other schemes. `kind`: its kind if it
    is created. `has_own_name`: whether no other actor of the data set has the same name.
    `is_named`: whether the data set names it; if not, `name` is for messages and for an actor that
    is created.
    """

    key: str
    name: str
    kind: str
    scheme: str | None = None
    codes: tuple[Code, ...] = ()
    has_own_name: bool = True
    is_named: bool = True

    @property
    def own_code(self) -> Code | None:
        """The key as a code with its scheme; None if the key is no code."""
        return (self.scheme, self.key) if self.scheme else None

    @property
    def can_be_kept(self) -> bool:
        """Whether the name has a length that the database accepts."""
        return 0 < len(self.name) <= _NAME_MOST

    @property
    def bad_code(self) -> str | None:
        """The reason why one of its codes is invalid in its scheme; None if all are valid."""
        codes = (self.own_code, *self.codes)
        found = ({"scheme": code[0], "value": code[1]} for code in codes if code)
        wrong = (problem.message for each in found for problem in code_is_of_its_scheme(each))
        return next(wrong, None)

    def __str__(self) -> str:
        return repr(self.key) if self.name == self.key else f"{self.name!r} ({self.key})"


@dataclass(frozen=True)
class Settings:
    """The user's decisions about names, and whether missing actors are created."""

    decided: Decisions = field(default_factory=dict)
    create_missing: bool = False


@dataclass
class _Left:
    """A name that resolves to no actor, the reason, and the years and rows that use it."""

    named: Named
    reason: str
    years: set[int] = field(default_factory=set)
    rows: int = 0


class Actors:
    """Resolves the names of one data set to the actors in the database."""

    def __init__(
        self,
        connection: Connection,
        data_set: str,
        *,
        file: str,
        reviewed: Decisions,
        settings: Settings,
    ) -> None:
        self._known = KnownActors(connection, data_set)
        self._data_set, self._file = data_set, file
        self._reviewed, self._settings = reviewed, settings
        self._found: dict[tuple[str, int | None], str | _Left] = {}
        # By the keys of actors that the data set owns: the names in the file. An actor has several
        # of them if it was merged.
        self._created: dict[str, dict[str, Named]] = defaultdict(dict)
        # By the data set's key and then by actor (its id, or the key in `_created`): the years in
        # which the key means the actor.
        self._met: dict[str, dict[int | str, set[int | None]]] = defaultdict(dict)
        self._named: dict[str, Named] = {}
        self._renamed: dict[str, str] = {}
        self._left: dict[str, _Left] = {}
        self.contradictions: dict[Contradiction, None] = {}

    def find(self, named: Named, on: int | None = None) -> str:
        """Returns the key of an actor in a year. Raises Rejected if it cannot be resolved."""
        if not named.key:
            raise Rejected("The name of an actor is missing.")
        place = named.key, on
        if place not in self._found:
            self._found[place] = self._resolve(named, on)
        found = self._found[place]
        if isinstance(found, str):
            return found
        found.rows += 1
        if on is not None:
            found.years.add(on)
        raise Rejected(f"The actor {named} is not known: {found.reason}")

    def find_apart(self, several: Iterable[Named], on: int | None = None) -> list[str]:
        """Returns the keys of different actors, in the order given.

        Raises Rejected if two of them resolve to one actor, or if some cannot be resolved:
        `unresolved` lists all of these.
        """
        found: dict[str, Named] = {}
        unknown: list[Rejected] = []
        for named in several:
            try:
                key = self.find(named, on)
            except Rejected as reason:
                unknown.append(reason)
                continue
            other = found.setdefault(key, named)
            if other is not named:
                raise Rejected(f"{other} and {named} are one actor, {key!r}.")
        if unknown:
            raise unknown[0]
        return list(found)

    def unresolved(self) -> list[Unresolved]:
        """Returns the names that could not be resolved, ordered by key."""
        return [
            Unresolved(
                key,
                left.named.name,
                left.reason,
                min(left.years, default=None),
                max(left.years, default=None),
                left.rows,
            )
            for key, left in sorted(self._left.items())
        ]

    def notes(self) -> Iterator[str]:
        """Yields hints about the mapping file, for the report."""
        unused = sorted(self._settings.decided.keys() - self._named.keys())
        if unused:
            listed = ", ".join(unused[:_LISTED_MOST]) + (", ..." if unused[_LISTED_MOST:] else "")
            yield f"Keys of the mapping file that the file does not name: {listed}."

    def entries(self) -> Iterator[Entry]:
        """Yields the actors to create, and the codes and names to add to existing actors."""
        for key, together in sorted(self._created.items()):
            yield self._own(key, list(together.values()))
        for id_, (codes, aliases) in sorted(self._gains().items()):
            known = self._known.by_id[id_]
            if known.key is None:
                yield self._entry(known.slug, known.name, known.kind, codes, aliases)

    def _own(self, key: str, together: list[Named]) -> Entry:
        """Returns an actor that this data set creates or created. A renamed one keeps its name."""
        main = next((named for named in together if slug_of(named.name) == key), together[0])
        name = self._renamed.get(key, main.name)
        codes = [code for named in together for code in self._codes(named, key)]
        others = {normalised(named.name): named.name for named in (main, *together)}
        others.pop(normalised(name), None)
        aliases = [{"name": other, "language": "en"} for other in others.values()]
        return self._entry(key, name, main.kind, codes, aliases)

    def _codes(self, named: Named, key: str) -> list[Any]:
        """Returns the codes of an actor of this data set.

        Its own code has dates if it means another actor in other years: a state before the dates
        of an existing successor is created, and the successor gains the code.
        """
        dates = dict(_dated(self._met[named.key])).get(key, {})
        codes = [(named.own_code, dates), *((code, {}) for code in named.codes)]
        return [{"scheme": code[0], "value": code[1], **at} for code, at in codes if code]

    def _entry(self, key: str, name: str, kind: str, codes: list[Any], aliases: list[Any]) -> Entry:
        fields = {"name": name, "kind": kind, "codes": codes, "aliases": aliases}
        return Entry("Actor", key, fields, self._file)

    def _resolve(self, named: Named, on: int | None) -> str | _Left:
        self._named.setdefault(named.key, named)
        if named.bad_code:
            return self._leave(named, named.bad_code)
        decided = _decision(self._settings.decided, named, on)
        if decided and not self._meant(decided, on):
            # A typing error must not create an actor or select another one.
            reason = f"the mapping file says {decided.actor!r}, {decided.lacking}."
            return self._leave(named, reason)
        for candidates in self._candidates(named, on):
            if len(candidates) == 1:
                return self._is(named, next(iter(candidates)), on)
            if candidates:
                reason = f"it may be any of {slugs(self._known.by_id, candidates)}."
                return self._leave(named, reason)
        if not named.can_be_kept:
            reason = f"its name has {len(named.name)} characters, and may have 1 to {_NAME_MOST}."
            return self._leave(named, reason)
        if self._settings.create_missing:
            return self._create(named, on)
        return self._leave(named, "no code, name or mapping leads to an actor.")

    def _candidates(self, named: Named, on: int | None) -> Iterator[set[int]]:
        yield self._meant(_decision(self._settings.decided, named, on), on)
        codes = (named.own_code, *named.codes)
        for code in codes:
            if code is not None:
                yield self._known.with_code(code, on)
        if named.has_own_name:
            same = self._known.with_name(named.name, on)
            yield {id_ for id_ in same if self._may_be(named, self._known.by_id[id_], on)}
        yield self._meant(_decision(self._reviewed, named, on), on)

    def _meant(self, decided: Decided | None, on: int | None) -> set[int]:
        """Returns the actors that a decision selects in a year."""
        if decided is None:
            return set()
        if decided.code:
            return self._known.with_code(decided.code, on)
        found = self._known.ids.get(decided.actor)
        return set() if found is None else {found}

    def _may_be(self, named: Named, known: Known, on: int | None) -> bool:
        """Whether an existing actor of the same name may be the named one."""
        if (named.kind == _STATE) is not (known.kind == _STATE):
            return False
        if named.own_code and known.has_code(named.own_code):
            # In other years: an actor that has the code in this one is found by it.
            return False
        codes = (named.own_code, *named.codes)
        return not any(code and known.other_code(code, on) for code in codes)

    def _is(self, named: Named, id_: int, on: int | None) -> str:
        known = self._known.by_id[id_]
        if known.key is not None:
            self._own_in(known.key, named, on)
            if known.slug != known.key:
                self._renamed[known.key] = known.name
            return known.key
        self._met[named.key].setdefault(id_, set()).add(on)
        if known.kind != named.kind:
            self._contradict(known.slug, "kind", known.kind, named.kind)
        if _is_news(named, known):
            self._contradict(known.slug, "name", known.name, named.name)
        return known.slug

    def _leave(self, named: Named, reason: str) -> _Left:
        return self._left.setdefault(named.key, _Left(named, reason))

    def _create(self, named: Named, on: int | None) -> str:
        slug = slug_of(named.name)
        own = self._created.get(slug, {})
        taken = self._is_taken(slug, named) or (bool(own) and named.key not in own)
        if taken or not slug:
            parts = (slug, self._data_set, slug_of(named.key))
            slug = "-".join(part for part in parts if part)
        self._own_in(slug, named, on)
        return slug

    def _is_taken(self, slug: str, named: Named) -> bool:
        """Whether a slug belongs to another actor than the one created for this name before."""
        if slug not in self._known.ids:
            return False
        known = self._known.by_id[self._known.ids[slug]]
        is_own = named.own_code is not None and known.has_code(named.own_code)
        return known.key != slug or not is_own

    def _own_in(self, key: str, named: Named, on: int | None) -> None:
        """Notes that the name means an actor of this data set in a year."""
        self._created[key][named.key] = named
        self._met[named.key].setdefault(key, set()).add(on)

    def _contradict(self, actor: str, what: str, has: str, says: str) -> None:
        self.contradictions[Contradiction(actor, what, has, says)] = None

    def _gains(self) -> dict[int, tuple[list[Any], list[Any]]]:
        """Returns the codes and names that the data set adds to existing actors, by their ids."""
        gains: dict[int, tuple[list[Any], list[Any]]] = defaultdict(lambda: ([], []))
        for key, by_actor in sorted(self._met.items()):
            named = self._named[key]
            for id_, dates in _dated(by_actor):
                if isinstance(id_, str):
                    continue
                known = self._known.by_id[id_]
                self._gain_code(gains[id_][0], named, known, dates)
                if _is_news(named, known):
                    alias = {"name": named.name, "language": "en", **dates}
                    if alias not in gains[id_][1]:
                        gains[id_][1].append(alias)
        return {id_: gained for id_, gained in gains.items() if any(gained)}

    def _gain_code(
        self, codes: list[Any], named: Named, known: Known, dates: dict[str, str]
    ) -> None:
        if named.scheme is None:
            return
        there = {value for value, _ in known.codes.get(named.scheme, ())}
        gained = next((c["value"] for c in codes if c["scheme"] == named.scheme), None)
        other = gained or next(iter(sorted(there - {named.key})), None)
        if other is not None:
            what = f"code of {named.scheme}"
            self._contradict(known.slug, what, other, named.key)
        elif named.key not in there:
            codes.append({"scheme": named.scheme, "value": named.key, **dates})


def _decision(decisions: Decisions, named: Named, on: int | None) -> Decided | None:
    """Returns the decision about a name in a year, if any."""
    return next((each for each in decisions.get(named.key, ()) if each.holds(on)), None)


def _is_news(named: Named, known: Known) -> bool:
    """Whether the data set uses a name that the actor does not have yet."""
    return named.is_named and named.can_be_kept and normalised(named.name) not in known.names


def _dated(
    by_actor: dict[int | str, set[int | None]],
) -> Iterator[tuple[int | str, dict[str, str]]]:
    """Yields the actors that a key stands for in order of time, each with its dates.

    No dates are given if the key stands for one actor only. A key that alternates between two
    actors yields nothing.
    """
    spans = sorted(
        (
            (min(known), max(known), id_)
            for id_, years in by_actor.items()
            if (known := [each for each in years if each is not None])
        ),
        key=itemgetter(0),
    )
    if len(by_actor) == 1:
        yield next(iter(by_actor)), {}
        return
    if len(spans) < len(by_actor) or any(
        later[0] <= earlier[1] for earlier, later in pairwise(spans)
    ):
        return
    for place, (first, last, id_) in enumerate(spans):
        dates = {} if place == 0 else {"startedOn": str(first)}
        if place < len(spans) - 1:
            dates["endedOn"] = str(last)
        yield id_, dates
