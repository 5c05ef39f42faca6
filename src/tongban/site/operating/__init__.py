"""What commands and `walk` need to run an installation: making it ready, telling how it goes, who serves it."""
