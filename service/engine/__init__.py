"""Answers queries, mutations, REST requests and subscriptions. No transport comes in here."""
