"""Requests that cost as much as the limits allow, and their effect on other clients."""
