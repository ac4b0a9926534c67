"""The work of `gongkai check`: papers that are read first, or the line items of a dataset alone → verdicts."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from checks import PaperChecks, Place, Settled, Verdict, check, our_faults, place_of, recorded
from checks.publishers import MARKED
from publish.store.versions import newest_release
from publish.tables.reading_back import document_count, readings_of, tables_folder
from reading import work
from reading.last_year import compare_with_last_year
from reading.questions.acknowledging import Acknowledged
from reading.questions.check_rows import CheckRow, Part, check_rows
from reading.questions.faults import Fault, faults_of
from reading.questions.unchecked import Unchecked, unchecked
from reading.running.processes import DocumentProcesses
from reading.running.progress import Progress, unwatched
from reading.running.runner import read_all
from reading.sources import Source
from reading.together import joined
from schemas.records import DisclosureItem, Document, LineItem, Reading, Status


@dataclass(frozen=True, slots=True)
class CheckedPaper:
    """A document, how its amounts and its checks came out, and the checks that are asked for with the worst first.

    `remarks` counts the advisory checks, which are not among `verdicts`: a paper is sound whatever they say. `ours` are
    the identities that fail in most papers of its layout: they are told to whoever maintains the identities, no
    publisher is to blame, and no amount is called wrong by them alone. `marked` are the amounts that are called wrong.
    `faults` is all that is wrong with the paper, `acknowledged` what somebody said of them, `unchecked` what was not
    looked at.
    """

    document: Document
    departments: tuple[str, ...]
    statuses: Mapping[Status, int]
    verdicts: Mapping[Verdict, int]
    remarks: Mapping[Verdict, int]
    rows: tuple[CheckRow, ...]
    marked: Mapping[Place, Status]
    ours: frozenset[str] = frozenset()
    disclosure: tuple[DisclosureItem, ...] = ()
    faults: tuple[Fault, ...] = ()
    unchecked: tuple[Unchecked, ...] = ()
    acknowledged: Acknowledged = field(default_factory=dict)

    @property
    def unread(self) -> bool:
        """Whether there is nothing to check because the file could not be read."""
        return self.document.status == "failed" or (self.document.status == "needs_ocr" and not self.statuses)

    @property
    def sound(self) -> bool:
        """Whether it was read and no check of its amounts fails that nobody has acknowledged."""
        return not self.unread and self.verdicts.get("fails", 0) <= self._known

    @property
    def _known(self) -> int:
        """How many failing sums somebody has acknowledged."""
        return sum(fault.kind == "sum" and fault.id in self.acknowledged for fault in self.faults)

    @property
    def standing(self) -> tuple[Fault, ...]:
        """The faults but for those that somebody has found to be none."""
        known = self.acknowledged
        return tuple(each for each in self.faults if each.id not in known or known[each.id].said != "not_a_fault")

    @property
    def badness(self) -> tuple[int, bool, int, int, str, str]:
        """What puts the worst paper first: what fails, then what could not be read, remarks, what is unproven."""
        fails, remarks = self.verdicts.get("fails", 0) - self._known, self.remarks.get("fails", 0)
        unproven = self.statuses.get("unproven", 0)
        return (-fails, not self.unread, -remarks, -unproven, self.document.file_name, self.document.document_id)


def dataset_at(path: Path) -> Path | None:
    """The folder of tables that a path means, None where it means PDFs.

    It is one that `extract` wrote, a release, or the newest release where the path is a folder of releases or their
    pointer `latest`.
    """
    folder = newest_release(path) or path
    return folder if tables_folder(folder) else None


def check_dataset(folder: Path, *, everything: bool = False, progress: Progress = unwatched) -> list[CheckedPaper]:
    """Check the line items of a dataset anew, without any document; the worst paper first.

    What takes more than line items (the prose, the order of forms) is told as the dataset has it. Rows are the failing
    checks, or all of them. Raises `publish.errors.ReleaseDamagedError`.
    """
    readings = progress(readings_of(folder), document_count(folder), "检查 checking")
    return _together(_checked(each, _as_known_before(_checked_anew(each), each), everything) for each in readings)


def rows_of(reading: Reading) -> tuple[CheckRow, ...]:
    """All checks of one document of a dataset, told anew with the statuses that are known; the worst first."""
    return check_rows(_as_known_before(_checked_anew(reading), reading), reading.checks)


def check_files(
    sources: Sequence[Source],
    scratch: Path,
    processes: DocumentProcesses,
    *,
    everything: bool = False,
    progress: Progress = unwatched,
) -> list[CheckedPaper]:
    """Read the files and check them; the worst paper first. Rows are the failing checks, or all of them."""
    reading = read_all(sources, scratch, processes)
    outcomes = joined(progress(reading, len(sources), "读取 reading"), sources, scratch)
    compare_with_last_year(outcomes.values(), scratch)
    readings = (work.kept(identity, scratch) for identity in outcomes)
    return _together(_checked(each, _as_read(_checked_anew(each), each), everything) for each in readings)


def with_acknowledged(papers: Sequence[CheckedPaper], known: Acknowledged) -> list[CheckedPaper]:
    """Each paper with what somebody has said of its faults; the worst first again."""
    own = [replace(each, acknowledged=_of_paper(known, each)) for each in papers]
    return sorted(own, key=lambda paper: paper.badness)


def _of_paper(known: Acknowledged, paper: CheckedPaper) -> Acknowledged:
    identity = paper.document.document_id
    return {fault: entry for fault, entry in known.items() if entry.document == identity}


def _checked_anew(reading: Reading) -> Settled:
    return check(reading.line_items, facts=reading.narrative_facts, findings=reading.findings)


@dataclass(frozen=True, slots=True)
class _Compared:
    """A paper, and what it is compared by with others: its checks, and which of them fail at each amount it accuses."""

    paper: CheckedPaper
    checks: PaperChecks
    accused: Mapping[Place, frozenset[str]]


def _together(papers: Iterable[_Compared]) -> list[CheckedPaper]:
    """Take back what identities that fail in most papers of a layout hold against amounts; the worst paper first."""
    every = list(papers)
    ours = our_faults(each.checks for each in every)
    told = (_with_ours(each, ours[each.checks.document_id]) for each in every)
    return sorted(told, key=lambda paper: paper.badness)


def _with_ours(compared: _Compared, ours: frozenset[str]) -> CheckedPaper:
    """Tell which of a paper's failing identities are ours, and call nothing wrong that only they accuse."""
    if not ours:
        return compared.paper
    paper = compared.paper
    faults = tuple(fault for fault in paper.faults if fault.kind != "sum" or fault.name not in ours)
    cleared = {place for place, failing in compared.accused.items() if failing <= ours}
    rows = tuple(replace(row, parts=tuple(_cleared(part, cleared) for part in row.parts)) for row in paper.rows)
    statuses = Counter(paper.statuses)
    for place in cleared:
        statuses[paper.marked[place]] -= 1
        statuses["unproven"] += 1
    verdicts = Counter(paper.verdicts)
    of_ours = sum(row.summary.check_id in ours and row.summary.verdict == "fails" for row in rows)
    verdicts["fails"] -= of_ours
    return replace(paper, rows=rows, statuses=statuses, verdicts=+verdicts, ours=ours, faults=faults)


def _cleared(part: Part, cleared: Collection[Place]) -> Part:
    if part.amount is None or part.place not in cleared:
        return part
    return replace(part, amount=replace(part.amount, status="unproven"))


def _as_read(settled: Settled, reading: Reading) -> Settled:
    """The statuses that the reading has, which come of more than the amounts: of the second reader and the prose."""
    return replace(settled, items=reading.line_items)


def _as_known_before(settled: Settled, reading: Reading) -> Settled:
    """The statuses of a check without a second reader, with what one has said before where that still stands.

    It still stands that both read alike what fails (`source_inconsistent`), and that a reading which now fails nothing
    is the second one (`repaired`).
    """
    before = {place_of(item): item for item in reading.line_items}
    refuted = {term.place for each in settled.checks if each.verdict == "fails" for term in each.terms}

    def as_before(item: LineItem) -> LineItem:
        place = place_of(item)
        known = before[place]
        accused = item.status == "contradicted" and known.status == "source_inconsistent"
        mended = known.status == "repaired" and item.status != "contradicted" and place not in refuted
        return replace(item, status=known.status, status_reason=known.status_reason) if accused or mended else item

    return replace(settled, items=tuple(map(as_before, settled.items)))


def _checked(reading: Reading, settled: Settled, everything: bool) -> _Compared:
    paper = _paper(reading, settled, everything)
    failing: dict[Place, set[str]] = defaultdict(set)
    for each in settled.checks:
        if each.verdict == "fails":
            for term in each.printed:
                failing[term.place].add(each.check_id)
    checks = PaperChecks.of(reading.document, reading.tables, recorded(settled.checks))
    accused = {place: frozenset(failing[place]) for place in paper.marked if place in failing}
    return _Compared(paper, checks, accused)


def _paper(reading: Reading, settled: Settled, everything: bool) -> CheckedPaper:
    rows = check_rows(settled, reading.checks)
    departments = dict.fromkeys(item.department for item in settled.items if item.department)
    return CheckedPaper(
        document=reading.document,
        departments=tuple(departments) or tuple(filter(None, [reading.document.department])),
        statuses=Counter(item.status for item in settled.items),
        verdicts=Counter(row.summary.verdict for row in rows if not row.advisory),
        remarks=Counter(row.summary.verdict for row in rows if row.advisory),
        rows=tuple(row for row in rows if everything or row.summary.verdict == "fails"),
        marked={place_of(item): item.status for item in settled.items if item.status in MARKED},
        disclosure=reading.disclosure,
        faults=faults_of(reading, rows),
        unchecked=unchecked(rows),
    )
