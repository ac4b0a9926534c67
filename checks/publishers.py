"""Identities that fail in most papers of one publisher, or of one layout: the fault is ours, and no publisher's.

A pure function of many papers' checks, as the dataset records them: of a folder, a night or a release.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from checks.records import place_of
from schemas.records import Check, Document, LineItem, Table

FEWEST_PAPERS = 3
"""In so many papers an identity must fail before it is held to be ours."""
MARKED = ("contradicted", "source_inconsistent")


@dataclass(frozen=True, slots=True)
class PaperChecks:
    """What many papers are compared by: a paper's layouts, and the identities that fail in it or only hold.

    An identity that reads forms is compared among the papers that print those under the same titles, too: its own
    layouts are in `titled`.
    """

    document_id: str
    layouts: frozenset[Hashable]
    failing: frozenset[str]
    holding: frozenset[str]
    titled: Mapping[str, Hashable]

    @classmethod
    def of(cls, document: Document, tables: Iterable[Table], checks: Sequence[Check]) -> "PaperChecks":
        """Sum up a paper: its publisher's portal, the titles of all its forms, and its checks that compare sums."""
        titles: dict[str, str] = {}
        for table in tables:
            if table.declared.form:
                titles.setdefault(table.declared.form, table.declared.title or "")
        sums = [check for check in checks if check.left_yuan is not None]
        failing = frozenset(check.check_id for check in sums if check.verdict == "fails")
        portal = [("portal", document.portal)] if document.portal else []
        return cls(
            document.document_id,
            frozenset([*portal, ("titles", document.kind, frozenset(titles.items()))]),
            failing,
            frozenset(check.check_id for check in sums) - failing,
            _titled(sums, titles),
        )

    def groups_of(self, check_id: str) -> Iterator[Hashable]:
        """Give what the paper has in common with others that the identity was applied to."""
        yield from self.layouts
        if check_id in self.titled:
            yield "forms", self.titled[check_id]


def our_faults(papers: Iterable[PaperChecks]) -> Mapping[str, frozenset[str]]:
    """Name for each paper, by its id, the identities that fail in most papers of a layout that it shares."""
    every = list(papers)
    fails: dict[tuple[Hashable, str], int] = defaultdict(int)
    holds: dict[tuple[Hashable, str], int] = defaultdict(int)
    for paper in every:
        for counts, ids in ((fails, paper.failing), (holds, paper.holding)):
            for check_id in ids:
                for group in set(paper.groups_of(check_id)):
                    counts[group, check_id] += 1
    ours = {key for key, count in fails.items() if count >= FEWEST_PAPERS and count > holds[key]}
    return {
        paper.document_id: frozenset(
            check_id
            for check_id in paper.failing
            if any((group, check_id) in ours for group in paper.groups_of(check_id))
        )
        for paper in every
    }


def downgraded(items: Iterable[LineItem], checks: Iterable[Check], ours: Collection[str]) -> tuple[LineItem, ...]:
    """Take back what is held against amounts by identities that are our fault alone."""
    failing: dict[str, set[str]] = defaultdict(set)
    for check in checks:
        if check.verdict == "fails" and check.left_yuan is not None:
            for place in check.amounts:
                failing[place].add(check.check_id)

    def is_ours(item: LineItem) -> bool:
        own = failing.get(str(place_of(item)), set())
        return item.status in MARKED and bool(own) and own <= set(ours)

    return tuple(
        replace(item, status="unproven", status_reason="accusation_unproven") if is_ours(item) else item
        for item in items
    )


def _titled(checks: Iterable[Check], titles: Mapping[str, str]) -> Mapping[str, Hashable]:
    """Give each identity the titles of the forms whose amounts it was applied to."""
    forms: dict[str, set[str]] = defaultdict(set)
    for check in checks:
        forms[check.check_id] |= {place.partition("/")[0] for place in check.amounts}
    return {
        check_id: frozenset((form, titles[form]) for form in own)
        for check_id, own in forms.items()
        if own and own <= titles.keys()
    }
