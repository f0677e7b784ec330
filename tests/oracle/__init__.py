"""The oracle: every question answered a second time, slowly and plainly, over Python objects.

It shares no code with the planner and none of its tables, since an oracle that reads the planner's
tables can't find their errors. What it needs to know it is told again here by hand. From the
outside it takes the tables (to fill a database), the printed SDL (as text) and the entries of the
tree of kinds (as data).

    values.py filters.py orders.py pages.py assessment.py resolvers.py    how a question is answered
    world.py invention.py storage.py                                      what it is asked of
    dice.py inputs.py variables.py scopes.py arguments.py documents.py    what is asked
    observation.py agreement.py                                           for the tests

A new field of a record needs its line in `world.py` and a value in `invention.py`. What is asked
is read from the SDL, so that questions about the field come by themselves. A new root field needs
a resolver and, if it has arguments of its own, values in `arguments.py`.
"""
