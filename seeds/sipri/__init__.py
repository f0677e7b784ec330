"""The importer of the trade register of SIPRI's Arms Transfers Database."""
