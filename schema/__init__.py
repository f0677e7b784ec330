"""The record types, and the APIs' types, filters, inputs and rules that are derived from them."""
