"""Reads a REST query string into GraphQL's arguments and the fields to select. No plan, no SQL.

`recipient.slug=russia&kind.in=DRONES,MISSILES&orderBy=-startedOn&first=50&fields=kind,supporter.name`
"""
