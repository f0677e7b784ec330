"""Imports the data sets that researchers use, from the files that they publish.

Every row of a file ends as a record, as a part of one, or as a rejection with its reason, and the
report adds up. Each importer is a folder of `seeds/` beside this one.
"""
