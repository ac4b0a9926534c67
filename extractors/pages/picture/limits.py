"""How large a picture is read, and at what resolution; what is larger is refused by name."""

from extractors.pages.errors import PictureTooLargeError

MOST_MEGAPIXELS = 120.0
"""A picture in a file may have so many: A2 at 600 dpi has 139, A3 at 600 dpi 70. Decoded in colour it takes 360 MB."""
MOST_RENDERED_MEGAPIXELS = 36.0
"""A page is rendered with no more than this (A2 at 300 dpi has 35), at a lower resolution if need be."""
HIGHEST_DPI = 300
LOWEST_DPI = 150
"""A coarser picture is drawn larger, so that a hairline still has a pixel's width."""
VECTOR_DPI = 200
"""For a page without a picture of its own, such as one whose characters have no usable Unicode map."""


def check_pixels(number: int, width: int, height: int) -> None:
    """Raise `PictureTooLargeError` where the picture of `width` × `height` pixels on page `number` is too large."""
    if (megapixels := width * height / 1e6) > MOST_MEGAPIXELS:
        raise PictureTooLargeError(f"page {number}: {megapixels:.0f} megapixels, the limit is {MOST_MEGAPIXELS:.0f}")
