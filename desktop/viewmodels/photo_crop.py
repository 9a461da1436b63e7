"""Which part of a picture becomes the photo: a frame of the rule's proportions that never leaves the picture."""

from dataclasses import dataclass, replace

from appraisal.domain.photo_rule import PhotoRule


@dataclass(frozen=True, slots=True)
class Crop:
    """In pixels of the original."""

    size: tuple[int, int]
    """Of the whole picture."""
    rule: PhotoRule
    left: float
    top: float
    width: float

    @property
    def height(self) -> float:
        return self.width * self.rule.height / self.rule.width

    @property
    def box(self) -> tuple[int, int, int, int]:
        """Left, top, right, bottom."""
        left, top = round(self.left), round(self.top)
        return (left, top, min(left + round(self.width), self.size[0]), min(top + round(self.height), self.size[1]))

    def is_whole(self) -> bool:
        return self.box == (0, 0, *self.size)

    def moved(self, right: float, down: float) -> "Crop":
        return _held(replace(self, left=self.left + right, top=self.top + down))

    def zoomed(self, factor: float) -> "Crop":
        """`factor` over 1 shows the head larger. The middle stays, and never fewer pixels than the rule asks for."""
        width = min(max(self.width / factor, self.rule.least_width), _largest(self.size, self.rule))
        grown = replace(self, width=width)
        return _held(replace(grown, left=self.left + (self.width - width) / 2,
                             top=self.top + (self.height - grown.height) / 2))


def largest_crop(size: tuple[int, int], rule: PhotoRule) -> Crop:
    """As much as goes in, from the middle."""
    width = _largest(size, rule)
    made = Crop(size, rule, 0, 0, width)
    return made.moved((size[0] - width) / 2, (size[1] - made.height) / 2)


def _largest(size: tuple[int, int], rule: PhotoRule) -> float:
    return min(size[0], size[1] * rule.width / rule.height)


def _held(crop: Crop) -> Crop:
    """Within the picture."""
    return replace(crop, left=min(max(crop.left, 0), crop.size[0] - crop.width),
                   top=min(max(crop.top, 0), max(crop.size[1] - crop.height, 0)))
