"""What happens to a code between the printer and the reader. Each takes and gives an RGB picture of a symbol."""

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter


def sealed(code: Image.Image) -> Image.Image:
    """Strokes of a red stamp over it: in grey they are as dark as modules, in red as light as paper."""
    seal = Image.new("RGB", code.size, "white")
    pen = ImageDraw.Draw(seal)
    for at in range(30, code.width, 60):
        pen.line((at, 0, at, code.height), fill=(225, 25, 35), width=30)
    return ImageChops.multiply(code, seal)


def torn(code: Image.Image, share: float = 0.4) -> Image.Image:
    """Without the corner that has no finder pattern: a triangle of `share` of each side."""
    left = code.copy()
    width, height = code.size
    ImageDraw.Draw(left).polygon(
        [(width, height), (width * (1 - share), height), (width, height * (1 - share))], fill=(150, 120, 90))
    return left


def on_a_screen(code: Image.Image) -> Image.Image:
    """Photographed from a monitor: its grid of red, green and blue, turned a little against the camera's."""
    large = np.asarray(code.resize((code.width * 3, code.height * 3), Image.Resampling.NEAREST)).astype(float)
    lit = np.full(large.shape, 0.55)
    for channel in range(3):
        lit[:, channel::3, channel] = 1.0
    lit[::3] *= 0.75
    photo = Image.fromarray((40 + large * lit * 0.8).astype(np.uint8)).rotate(
        4, Image.Resampling.BICUBIC, expand=True, fillcolor=(25, 25, 30))
    size = (round(photo.width / 2.6), round(photo.height / 2.6))
    return photo.resize(size, Image.Resampling.BILINEAR).filter(ImageFilter.GaussianBlur(0.6))


def mirrored(code: Image.Image) -> Image.Image:
    return code.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
