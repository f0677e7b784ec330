"""Backup, restore, copy and doctor: work on a whole database. No request is answered here."""
