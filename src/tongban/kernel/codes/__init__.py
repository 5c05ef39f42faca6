"""Identifiers and their check digits (STANDARDS §5, §3.4).

Each module offers the same: `check(text)` finds what is wrong with a code that came from outside, as a warning and
without refusing it (early real codes fail their own check); `parse(text)` takes a code that somebody enters and refuses
a wrong one; `make…` builds new codes where we are the ones who issue them.
"""
