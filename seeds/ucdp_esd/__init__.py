"""The importer of the UCDP External Support Dataset, actor-year file."""
