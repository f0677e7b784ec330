"""Imports the data sets that researchers use, from the files that they publish.

Every row of a file becomes a record, becomes part of one, or is rejected with a reason; the report
accounts for each row. Each importer is a folder of `seeds/` beside this one.
"""
