"""Events of a case, one module an area; those of the course from draft to rating stand in `events`."""
