"""How much of the prose of papers is understood: their sums of money by what became of them.

    python -m benchmarks.prose [FOLDER_OR_PAPER ...]

A line for each paper that has prose: the sums in the sections that explain its figures, how many of them became facts,
were not understood, or tell why, what for or of aims, and the sums that stand elsewhere. Then the facts by what they
state, and the findings by name. Without arguments the papers of ../shared/documents are read, those of cities too.
"""

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from unittest.mock import patch

from extractors.prose.facts import Prose
from reading import document

SHARED = Path(__file__).resolve().parents[2] / "shared" / "documents"
SCANS = "scan_"


def papers(paths: Iterable[Path]) -> Iterator[Path]:
    """Give the PDFs that paths mean, those of a folder in the order of their names; scans are left out."""
    for path in paths:
        found = sorted(path.glob("*.pdf")) if path.is_dir() else [path]
        yield from (each for each in found if not each.name.startswith(SCANS))


def prose_of(path: Path) -> Prose | None:
    """Read a paper as `extract` does and give its prose, None where it has no kind or year."""
    kept: list[Prose] = []
    read = document.read_prose

    def keep(*told: object, **more: object) -> Prose:
        kept.append(read(*told, **more))  # type: ignore[arg-type]
        return kept[-1]

    with patch.object(document, "read_prose", keep):
        document.read_document(path)
    return kept[-1] if kept else None


def line(name: str, prose: Prose) -> tuple[str, int, int]:
    """Give the row of a paper, and how many sums it states and leaves unread."""
    facts = sum(fact.unit == "元" for fact in prose.facts)
    unread = sum(finding.code == "prose_figure_unread" for finding in prose.findings)
    stated = facts + unread
    share = f"{unread / stated:.1%}" if stated else "-"
    return (
        f"| {name} | {stated} | {facts} | {unread} | {share} | {prose.told_aside} | {prose.elsewhere} |",
        stated,
        unread,
    )


def main() -> None:
    """Print the tables."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("papers", nargs="*", type=Path)
    given = ask.parse_args().papers or [SHARED, SHARED / "cities"]
    stated = unread = 0
    facts, findings = Counter[str](), Counter[str]()
    print("| paper | sums stated | facts | unread | share | told aside | elsewhere |")
    print("|---|---|---|---|---|---|---|")
    for path in papers(given):
        prose = prose_of(path)
        if prose is None or not (prose.facts or prose.findings or prose.elsewhere):
            continue
        row, own, left = line(path.stem, prose)
        print(row)
        stated, unread = stated + own, unread + left
        facts.update(fact.fact for fact in prose.facts)
        findings.update(finding.code for finding in prose.findings)
    print(f"| all | {stated} | {stated - unread} | {unread} | {unread / max(stated, 1):.1%} | | |")
    for counted in (facts, findings):
        print("; ".join(f"{name} {count}" for name, count in counted.most_common()))


if __name__ == "__main__":
    main()
