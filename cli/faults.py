"""The work of `gongkai evidence` and `gongkai acknowledge`: one paper, read and checked, and its faults by name."""

import tempfile
from pathlib import Path

from reading.questions.checking import CheckedPaper, check_files
from reading.questions.faults import Fault
from reading.review.cuts import cuts_of
from reading.review.evidence import faults_named, write_evidence
from reading.running.limits import Limits
from reading.running.processes import DocumentProcesses
from reading.sources import Source, find
from schemas.errors import WrongUseError


def write_evidence_of(document: Path, name: str, folder: Path, limits: Limits) -> Path:
    """Write the evidence of the faults of that name; the page's path. Raises `WrongUseError` where there is none."""
    source = _source(document)
    with DocumentProcesses(1, limits) as processes, tempfile.TemporaryDirectory(prefix="gongkai-") as scratch:
        (paper,) = check_files([source], Path(scratch), processes)
        faults = _named(paper, name)
        folder.mkdir(parents=True, exist_ok=True)
        cuts = cuts_of(source, faults, Path(scratch), folder, processes)
        return write_evidence(paper, faults, cuts, folder)


def the_fault(document: Path, fault: str, limits: Limits) -> Fault:
    """The one fault of that id. Raises `WrongUseError` where the paper has none, or several by that name."""
    with DocumentProcesses(1, limits) as processes, tempfile.TemporaryDirectory(prefix="gongkai-") as scratch:
        (paper,) = check_files([_source(document)], Path(scratch), processes)
    found = _named(paper, fault)
    if len(found) > 1:
        raise WrongUseError(f"有 {len(found)} 处，请用编号 / {len(found)} of that name, give one's id: {fault}")
    return found[0]


def _source(document: Path) -> Source:
    found = find([document])
    if len(found.sources) != 1:
        raise WrongUseError(f"只能是一份文件 / one paper at a time: {document}")
    return found.sources[0]


def _named(paper: CheckedPaper, name: str) -> tuple[Fault, ...]:
    found = faults_named(paper, name)
    if not found:
        known = "\n".join(f"  {fault.id}  {fault.name}  p. {fault.page or '–'}" for fault in paper.faults)
        raise WrongUseError(f"没有这处问题 / no such fault: {name}\n有 / there are:\n{known or '  –'}")
    return found
