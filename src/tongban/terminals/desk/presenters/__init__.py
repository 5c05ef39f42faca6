"""What the desk's pages show: plain values made of cases, items and clocks, in the reader's language."""
