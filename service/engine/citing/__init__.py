"""Citations: what a query is called, of which revision and which data sets, in three formats."""
