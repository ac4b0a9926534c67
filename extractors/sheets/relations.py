"""What the parts of an OOXML package are to one another (ECMA-376 part 2, 6.5); what lies outside is never followed."""

import posixpath
from collections.abc import Mapping

from extractors.packages import Package, children


def related_to(package: Package, part: str) -> Mapping[str, tuple[str, str]]:
    """What a part is related to within the package: id → type's last word, part's name."""
    folder, name = posixpath.split(part)
    rels = posixpath.join(folder, "_rels", f"{name}.rels")
    if rels not in package.names:
        return {}
    found = {}
    for rel in children(package.tree(rels), "Relationship"):
        if rel.get("TargetMode") != "External":
            target = rel.get("Target", "")
            whole = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[rel.get("Id", "")] = (rel.get("Type", "").rpartition("/")[2], whole)
    return found


def first_of(related: Mapping[str, tuple[str, str]], kind: str) -> str:
    """The name of the first part of a type, or ''."""
    return next((name for own, name in related.values() if own == kind), "")
