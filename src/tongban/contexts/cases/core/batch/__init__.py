"""Cases that came in one batch."""
