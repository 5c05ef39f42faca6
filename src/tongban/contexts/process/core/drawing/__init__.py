"""A diagram as it is drawn: shapes, flows and labels with their places, from the file's own drawing or laid out here.

`drawn` never refuses what the file shows: also what is outside the subset has its place in the picture.
"""

from tongban.contexts.process.core.drawing.reading import drawn
from tongban.contexts.process.core.drawing.values import Box, Drawing, Edge, Shape

__all__ = ["Box", "Drawing", "Edge", "Shape", "drawn"]
