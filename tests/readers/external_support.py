"""Builds the panel of UCDP's external support from its raw rows, and compares each cell.

Arguments: the raw file and the panel, both as CSV. Prints the numbers of cells and the differences
as JSON. It shares no code with the importer or the service: pandas reads, explodes and counts.
"""

import json
import sys
from collections.abc import Iterable
from itertools import product

import pandas as pd

CATEGORIES = {
    "x": "TROOPS",
    "p": "TROOP_PRESENCE",
    "y": "JOINT_OPERATIONS",
    "w": "WEAPONS",
    "m": "MATERIEL",
    "t": "TRAINING",
    "f": "FUNDING",
    "i": "INTELLIGENCE",
    "l": "TERRITORY_ACCESS",
    "o": "OTHER",
    "u": "UNKNOWN",
}
# Broader kinds; TROOPS are troops that fight, or are only present.
WITHIN = {kind: [kind] for kind in CATEGORIES.values()}
WITHIN |= {"SUPPORT": list(CATEGORIES.values()), "TROOPS": ["TROOPS", "TROOP_PRESENCE"]}
# Supports of these kinds are stored as stated, and may also be of the narrower kind.
BROADER = {"TROOP_PRESENCE": "TROOPS"}
KEY = ["recipient", "opponent", "kind", "by"]


def names_of(rows: pd.DataFrame) -> dict[str, str]:
    """Returns UCDP's names of actors, from rows in which a name has a single id."""
    pairs = [
        rows[["actor_id", "actor_name"]].set_axis(["id", "name"], axis=1),
        rows[["oppo_id", "oppo_name"]].set_axis(["id", "name"], axis=1),
    ]
    listed = rows[["ext_id", "ext_name"]].set_axis(["id", "name"], axis=1).dropna()
    is_alone = ~listed["id"].str.contains(",")
    # A name may contain commas, as a list of names does.
    pairs.insert(0, listed[is_alone])
    listed = listed[~is_alone].apply(lambda column: column.str.split(","))
    listed = listed[listed["id"].str.len() == listed["name"].str.len()]
    pairs.append(listed.explode(["id", "name"]))
    names = pd.concat(pairs).apply(lambda column: column.str.strip())
    return names.drop_duplicates("id", keep="first").set_index("id")["name"].to_dict()


def support_of(rows: pd.DataFrame) -> pd.DataFrame:
    """Returns a row for each support and year: recipient, opponent, category, supporters.

    `by`: one supporter, or several candidates.
    """
    names = names_of(rows)
    found = []
    for row in rows.dropna(subset=["ext_id"]).to_dict("records"):
        ids = [each.strip() for each in row["ext_id"].split(",")]
        is_state = [
            names.get(each, "").startswith("Government of") or "elements" in names.get(each, "")
            for each in ids
        ]
        sides = {
            "s": [each for each, state in zip(ids, is_state, strict=True) if state],
            "ns": [each for each, state in zip(ids, is_state, strict=True) if not state],
        }
        for letter, kind in CATEGORIES.items():
            if row[f"ext_{letter}"] != "1":
                continue
            if row["ext_count"] in ("1", row[f"ext_{letter}_count"]):
                givers = [(each,) for each in ids]
            else:
                givers = []
                for side, members in sides.items():
                    number = int(row[f"ext_{letter}_count_{side}"])
                    if number == len(members):
                        givers += [(each,) for each in members]
                    elif number:
                        # Another number of supporters is another support.
                        givers.append((*sorted(members), f"at least {number}"))
            found += [
                (row["actor_id"], row["oppo_id"], kind, by, int(row["year"])) for by in givers
            ]
    return pd.DataFrame(found, columns=[*KEY, "year"])


def with_last_years(support: pd.DataFrame) -> pd.DataFrame:
    """Returns the rows with the last of the consecutive years of each."""
    support = support.sort_values([*KEY, "year"]).drop_duplicates()
    groups = support.groupby(KEY)["year"]
    spell = (groups.diff() != 1).groupby([support[name] for name in KEY]).cumsum()
    last = support.groupby([*(support[name] for name in KEY), spell])["year"].transform("max")
    return support.assign(last=last)


def counts(support: pd.DataFrame, holders: "pd.Series[str]") -> pd.DataFrame:
    """Returns the numbers of supports by actor, side, category and year, as the panel has them."""
    is_certain = support["by"].str.len() == 1
    parts = []
    for side, part in (("given", support.explode("by")), ("received", support)):
        part = part[~part["by"].astype(str).str.startswith("at least")]
        part = part.assign(actor=part["by"] if side == "given" else part["recipient"], side=side)
        parts.append(part.assign(certain=is_certain.reindex(part.index)))
    rows = pd.concat(parts)
    # A support across a succession belongs to the later actor, and to no cell of the earlier.
    held = [
        holders.reindex(pd.MultiIndex.from_arrays([rows[of], rows["actor"]]))
        for of in ("year", "last")
    ]
    rows = rows[held[0].to_numpy() == held[1].to_numpy()]
    return rows.groupby(["year", "actor", "side", "kind", "certain"]).size()


def main(raw: str, made: str) -> None:
    """Compares all cells, including empty ones."""
    rows = pd.read_csv(raw, dtype=str)
    panel = pd.read_csv(made, dtype={"actor.code": str}).set_index(["year", "actor.code"])
    found = counts(with_last_years(support_of(rows)), panel["actor.slug"])
    table = found.unstack(["side", "kind", "certain"], fill_value=0).reindex(panel.index).fillna(0)
    # UCDP covers recipients of support, and not supporters.
    looked = set(zip(rows["year"].astype(int), rows["actor_id"], strict=True))
    is_looked_at = pd.Series([place in looked for place in panel.index], panel.index)
    none = pd.Series(False, panel.index)
    different, numbers = [], {"cells": 0, "zeros": 0, "empty": 0}
    for side, kind in product(("given", "received"), WITHIN):
        observed = is_looked_at if side == "received" else none
        if kind in BROADER:
            broader = number(table, side, [BROADER[kind]], (True, False))
            observed = observed & (broader == 0)
        for certain, end in ((True, ""), (False, ".possible")):
            expected = number(table, side, WITHIN[kind], (certain,))
            expected = expected.where((expected > 0) | observed)
            actual = panel[f"ucdp-esd.{kind}.{side}{end}"]
            numbers["cells"] += len(actual)
            numbers["zeros"] += int((actual == 0).sum())
            numbers["empty"] += int(actual.isna().sum())
            wrong = ~((actual == expected) | (actual.isna() & expected.isna()))
            different += [
                f"{each} {actual.name}: {actual[each]}, not {expected[each]}"
                for each in actual.index[wrong]
            ]
    print(json.dumps(numbers | {"rows": len(panel), "different": different}))


def number(
    table: pd.DataFrame, side: str, kinds: Iterable[str], parts: Iterable[bool]
) -> "pd.Series[float]":
    """Returns the supports of these kinds in each row of the panel."""
    columns = [each for each in product([side], kinds, parts) if each in table]
    return table[columns].sum(axis=1)


if __name__ == "__main__":
    main(*sys.argv[1:])
