"""Backup, restore, copy and doctor: commands on a whole database. Serves no requests."""
