"""Decisions by a published table, their explanation, review by a person, and samples for re-check."""
