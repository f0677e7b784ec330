"""The formulas of computed columns that migrations have used, by the suffix of the columns.

A formula here never changes. A migration that needs another one adds it under a new name.
"""

_YEAR, _MONTH, _DAY = "substr({c}, 1, 4)", "substr({c}, 6, 2)", "substr({c}, 9, 2)"
_NUMBER = f"CAST({_YEAR} AS INTEGER)"
_LEAP = f"({_NUMBER} % 4 = 0 AND ({_NUMBER} % 100 <> 0 OR {_NUMBER} % 400 = 0))"
_LAST_DAY = (
    f"CASE {_MONTH} WHEN '04' THEN '30' WHEN '06' THEN '30' WHEN '09' THEN '30' "
    f"WHEN '11' THEN '30' WHEN '02' THEN CASE WHEN {_LEAP} THEN '29' ELSE '28' END ELSE '31' END"
)

# The first and the last day of a year, a month or a day (EDTF level 0).
DAYS_LEVEL_0 = {
    "_earliest": (
        "CASE length({c}) WHEN 4 THEN {c} || '-01-01' WHEN 7 THEN {c} || '-01' "
        "ELSE coalesce({c}, '') END"
    ),
    "_latest": (
        f"CASE length({{c}}) WHEN 4 THEN {{c}} || '-12-31' WHEN 7 THEN {{c}} || '-' || {_LAST_DAY} "
        "ELSE {c} END"
    ),
}

# The same days, if digits may be unspecified and a qualifier may follow (EDTF level 1).
DAYS_LEVEL_1 = {
    "_earliest": (
        f"coalesce(replace({_YEAR}, 'X', '0') || '-' || "
        f"CASE WHEN {_MONTH} IN ('', 'XX') THEN '01' ELSE {_MONTH} END || '-' || "
        f"CASE WHEN {_DAY} IN ('', 'XX') THEN '01' ELSE {_DAY} END, '')"
    ),
    "_latest": (
        f"replace({_YEAR}, 'X', '9') || '-' || "
        f"CASE WHEN {_MONTH} IN ('', 'XX') THEN '12' ELSE {_MONTH} END || '-' || "
        f"CASE WHEN {_DAY} IN ('', 'XX') THEN {_LAST_DAY} ELSE {_DAY} END"
    ),
}

# An amount as a number rounded to a double; an unknown amount is below all others.
MAGNITUDE = {"_magnitude": "coalesce(CAST({c} AS DOUBLE PRECISION), -1e+308)"}

_AMOUNT = "replace({c}, '-', '')"
_BEFORE_POINT = (
    f"CASE rtrim({_AMOUNT}, '0123456789') WHEN '' THEN {_AMOUNT} "
    f"ELSE rtrim(rtrim({_AMOUNT}, '0123456789'), '.') END"
)
_SIZE = f"substr(CAST(100 + length({_BEFORE_POINT}) AS TEXT), 2) || {_AMOUNT}"
_COMPLEMENT = _SIZE
for _digit, _letter in zip("0123456789", "jihgfedcba", strict=True):
    _COMPLEMENT = f"replace({_COMPLEMENT}, '{_digit}', '{_letter}')"

# An amount as a text that sorts in the exact order of the amounts.
MAGNITUDE_EXACT = {
    "_magnitude": (
        "CASE WHEN {c} IS NULL THEN '' WHEN substr({c}, 1, 1) = '-' "
        f"THEN '-' || {_COMPLEMENT} || '~' ELSE {_SIZE} END"
    )
}
