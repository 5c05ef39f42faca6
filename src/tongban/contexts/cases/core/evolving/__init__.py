"""How the events of each area change a case, one module an area."""
