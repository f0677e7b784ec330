"""The oracle: every question answered a second time, slowly and plainly, over Python objects.

It shares no code with the planner and none of its tables, since an oracle that reads the planner's
tables can't find their errors. What it needs to know it is told again here by hand. From the
outside it takes the tables (to fill a database), the printed SDL (as text) and the entries of the
tree of kinds (as data).

    values.py filters.py orders.py pages.py assessment.py resolvers.py    how a question is answered
    changes.py moments.py                                                 the same of what is past
    world.py invention.py editing.py worlds.py storage.py                 what it is asked of
    dice.py inputs.py variables.py scopes.py arguments.py directives.py
    documents.py                                                          what is asked
    observation.py agreement.py                                           for the tests

A data set is a chain of worlds, one for each revision, and what changed is found by laying one
beside the next. The database is brought from each to the next by plain writes, so that its triggers
have to find out the same. What a revision did to a record and undid again is still a change there,
one without fields: so each world knows the states that its revision passed through.

A new field of a record needs its line in `world.py` and a value in `invention.py`. What is asked
is read from the SDL, so that questions about the field come by themselves. A new root field needs
a resolver and, if it has arguments of its own, values in `arguments.py`.
"""
