"""The importer of ATOP's directed dyad-years: which state is bound by treaty to which."""
