"""What a page of a portal says: papers, pages that may offer more, and whether it is what it pretends to be."""

from crawlers.evaluating.discovering import Discovered, discover, unnamed_portal
from crawlers.evaluating.evaluate import evaluate
from crawlers.pages.found import FAILED_KINDS, Found, Hints, Onward, PageKind, PassedOver

__all__ = [
    "FAILED_KINDS",
    "Discovered",
    "Found",
    "Hints",
    "Onward",
    "PageKind",
    "PassedOver",
    "discover",
    "evaluate",
    "unnamed_portal",
]
