"""Values that a case holds, one module an area: they know nothing of the state that holds them."""
