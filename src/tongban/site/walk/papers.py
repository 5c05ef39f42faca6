"""Small real files to hand in: a PDF page, a picture, and one that only claims to be a PDF."""

from __future__ import annotations

import io

from tongban.site.demo.papers import sketch
from tongban.site.walk.browser import Upload


def pdf(title: str, holder: str) -> Upload:
    """One typeset page."""
    return f"{title}.pdf", sketch(title, holder), "application/pdf"


def png(title: str) -> Upload:
    """A picture of a plan."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (320, 240), "white")
    draw = ImageDraw.Draw(image)
    draw.rectangle((20, 20, 300, 220), outline="black", width=3)
    draw.line((160, 20, 160, 220), fill="black", width=2)
    data = io.BytesIO()
    image.save(data, "PNG")
    return f"{title}.png", data.getvalue(), "image/png"


def impostor(title: str) -> Upload:
    """A program under the name of a PDF."""
    return f"{title}.pdf", b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff" + bytes(2000), "application/pdf"
