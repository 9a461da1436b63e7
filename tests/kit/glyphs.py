"""Pictures of characters, as somebody would scan or draw them."""

import io

from PIL import Image, ImageDraw


def a_glyph(side: int = 300, ink: str = "black", ground: str = "white", form: str = "PNG") -> bytes:
    """A cross in a box, which stands for any character."""
    image = Image.new("RGB", (side, side), ground)
    pen, edge, width = ImageDraw.Draw(image), side // 8, max(side // 25, 1)
    pen.rectangle((edge, edge, side - edge, side - edge), outline=ink, width=width)
    pen.line((edge, edge, side - edge, side - edge), fill=ink, width=width)
    pen.line((edge, side - edge, side - edge, edge), fill=ink, width=width)
    out = io.BytesIO()
    image.save(out, form)
    return out.getvalue()
