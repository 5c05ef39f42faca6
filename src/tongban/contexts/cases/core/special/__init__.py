"""Special procedures: inspection, hearing, expert review, testing, public notice, opinions of third parties."""
