"""The oracle: a second, slow and simple implementation of every query, over Python objects.

It shares no code and no tables with the planner, since an oracle that reads the planner's tables
cannot find their errors. It repeats by hand what it needs. From the project it uses only the
tables (to fill a database), the printed SDL (as text) and the entries of the tree of kinds (as
data).

    values.py filters.py orders.py pages.py assessment.py resolvers.py    results of queries
    changes.py as_of.py                                                   changes, earlier states
    world.py invention.py editing.py worlds.py storage.py                 the queried data
    dice.py inputs.py variables.py scopes.py arguments.py directives.py
    documents.py                                                          random queries
    observation.py agreement.py                                           for the tests

A data set is a chain of worlds, one for each revision; changes are found by comparing each world
with the next. Plain writes update the database from each to the next, so that its triggers must
find the same changes. A change that a revision undid is still a change, without fields, so each
world has the states within its revision.

A new field of a record needs a line in `world.py` and a value in `invention.py`. The generator
reads the SDL, so it queries the field without further changes. A new root field needs a resolver
and, if it has its own arguments, values in `arguments.py`.
"""
