"""Real event logs against routes: what was recorded, whether the route allows it, and where the two part."""
