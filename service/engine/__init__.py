"""Answers queries, mutations, REST requests and subscriptions, independently of the transport."""
