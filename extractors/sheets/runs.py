"""Runs of text in OOXML (ISO/IEC 29500), of Word and of Excel: which of them are no part of the words they stand in."""

from lxml import etree

from extractors.packages import attribute, child

OFF = ("0", "false", "none", "off")


def is_beside(run: etree._Element) -> bool:
    """Whether a run prints nothing, or is no part of the words it stands in: struck, or the raised mark of a note."""
    properties = child(run, "rPr")
    if properties is None:
        return False
    if any(_is_on(properties, name) for name in ("vanish", "strike", "dstrike")):
        return True
    raised = child(properties, "vertAlign")
    return raised is not None and attribute(raised, "val") == "superscript"


def _is_on(properties: etree._Element, name: str) -> bool:
    own = child(properties, name)
    return own is not None and attribute(own, "val") not in OFF
