"""Answers queries, mutations, REST reads and writes, subscriptions. No transport comes in here."""
