"""Requests made to cost as much as the limits allow, and what other clients feel meanwhile."""
