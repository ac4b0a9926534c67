"""What a page of a portal says: papers, pages that may offer more, and whether it is what it pretends to be."""

from crawlers.evaluating.discovering import Discovered, discover, unnamed_portal
from crawlers.evaluating.evaluate import evaluate
from crawlers.pages.found import FAILED_NATURES, Found, Hints, Nature, Onward, PassedOver

__all__ = [
    "FAILED_NATURES",
    "Discovered",
    "Found",
    "Hints",
    "Nature",
    "Onward",
    "PassedOver",
    "discover",
    "evaluate",
    "unnamed_portal",
]
