"""The gallery's examples: every part in every state. All people, shops and cases here are invented."""

from tongban.ui.gallery.portal import portal_parts
from tongban.ui.gallery.staff import staff_parts

__all__ = ["portal_parts", "staff_parts"]
