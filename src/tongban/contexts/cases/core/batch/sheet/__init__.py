"""A sheet of people: read from CSV or XLSX, checked row by row, and made as a template."""
