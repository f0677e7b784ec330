"""The importer of the Ukraine Support Tracker of the Kiel Institute."""
