"""Decision models (DMN 1.2 to 1.6): read, checked, decided and explained; docs/process.md states the subset exactly."""
