"""The importer of the directed dyad-years of ATOP: who is bound by treaty to whom."""
