"""What the pages of the counter show, shaped from the contexts' values."""
