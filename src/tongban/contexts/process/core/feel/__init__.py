"""FEEL, the expression language of DMN (levels 2 and 3): `language` is its door, docs/process.md its description."""
