"""Finds UCDP's name of each actor. Commas join the names of supporters, and names have commas.

A name is certain where it is alone. In a row with several supporters, one unknown name is what is
left when the known names are removed from both ends.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from seeds.ucdp_esd.row import Row

_STATE, _ELEMENTS = "Government of", "elements"


def names(rows: Sequence[Row]) -> dict[int, str]:
    """Returns the names of all actors that have one, by id."""
    known = dict(_standing_alone(rows))
    together = {(row.supporters, row.supporters_text) for row in rows if len(row.supporters) > 1}
    for ids, text in sorted(together):
        parts = [part.strip() for part in text.split(",")]
        if len(parts) == len(ids) and all(
            known.get(id_, part) == part for id_, part in zip(ids, parts, strict=True)
        ):
            known |= zip(ids, parts, strict=True)
    for ids, text in sorted(together):
        known |= _left_over(ids, text, known)
    return known


def is_state(name: str) -> bool:
    """Whether UCDP counts the actor among the states, judged by its name."""
    return name.startswith(_STATE) or _ELEMENTS in name


def is_coalition(name: str) -> bool:
    """Whether the name is that of several governments."""
    return name.count(_STATE) > 1


def shared(known: Mapping[int, str]) -> set[str]:
    """Returns the names that several actors have."""
    return {name for name, number in Counter(known.values()).items() if number > 1}


def _standing_alone(rows: Iterable[Row]) -> Iterator[tuple[int, str]]:
    for row in rows:
        if len(row.supporters) == 1:
            yield row.supporters[0], row.supporters_text
    for row in rows:
        yield row.actor, row.actor_name
        yield row.opponent, row.opponent_name


def _left_over(ids: Sequence[int], text: str, known: Mapping[int, str]) -> Mapping[int, str]:
    unknown = [place for place, id_ in enumerate(ids) if id_ not in known]
    if len(unknown) != 1:
        return {}
    (place,) = unknown
    before = "".join(f"{known[id_]}," for id_ in ids[:place])
    after = "".join(f",{known[id_]}" for id_ in ids[place + 1 :])
    name = text.removeprefix(before).removesuffix(after)
    is_whole = text == f"{before}{name}{after}" and name.strip()
    return {ids[place]: name.strip()} if is_whole else {}
