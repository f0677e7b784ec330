"""How parts of the statement are computed."""

# Before the text of a part: it is computed once, however many others read it. Both databases would
# otherwise repeat a part, with all its subqueries, for each row that reads it.
ONCE = "MATERIALIZED"
