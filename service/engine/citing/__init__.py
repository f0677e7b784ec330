"""Citations of queries, with the revision and the data sets, in three formats."""
