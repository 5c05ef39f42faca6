"""What the portal's pages show: frozen values and dicts in the shapes of the parts of `tongban.ui`."""
