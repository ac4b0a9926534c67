"""Documents down the line: what the ledger says is due is read, then held against the papers of the years around it."""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

from crawlers.archive import Archive
from crawlers.archive.errors import DocumentDamagedError, NoSuchDocumentError
from flows.night.document_log import log_document
from flows.night.errors import ArchivedBytesDifferError, NotInArchiveError
from flows.night.locations import Locations
from flows.night.provenance import provenance_of
from ledger import Ledger, Stage
from ledger.claiming import Claimer, claim, renewing
from ledger.clock import night_date
from ledger.papers import Files, PaperRecord, keep_paper, offered_beside, paper_of, papers_of
from ledger.reading_figures import Layer, add_figures
from reading import work
from reading.code_version import code_version
from reading.last_year import compare
from reading.our_faults import take_back_our_faults
from reading.parts import join
from reading.running.outcomes import SETTLED, Outcome, outcome_of
from reading.running.processes import DocumentProcesses
from reading.running.runner import keep_failed, read
from reading.sources import Source
from schemas.errors import UnreadableDocumentError
from schemas.wording import short_name

AT_A_TIME = 256
"""So many documents are claimed at once, so that others who are at work have theirs, and no list of all is held."""
UNPROVEN = "unproven"


class Pipeline:
    """The line of one night: the ledger says what is due, the archive has the bytes, the work folder takes readings."""

    def __init__(self, ledger: Ledger, archive: Archive, locations: Locations, processes: DocumentProcesses) -> None:
        self.ledger = ledger
        self.archive = archive
        self.locations = locations
        self.processes = processes
        self.claimer = Claimer.of_root(locations.root)

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Keep what is claimed while work goes on, and let others have the rest when it ends."""
        with renewing(self.ledger.engine, self.claimer, self.ledger.now):
            yield

    def due_batches(self) -> Iterator[list[str]]:
        """The documents that wait to be read, or whose reading was interrupted and that nobody else is at, claimed."""
        return self._claimed("read")

    def _claimed(self, stage: Stage) -> Iterator[list[str]]:
        while batch := claim(self.ledger.engine, stage, self.claimer, AT_A_TIME, self.ledger.now()):
            yield batch

    def read(self, document_id: str) -> Outcome:
        """Read one document, and take down in the ledger what came of it.

        Raises `ArchiveError` where the archive itself is out of reach, and `OSError` or `LedgerError` where what was
        read cannot be kept: the run stays open then, and is taken up again the next time.
        """
        run = self.ledger.stage_begun(document_id, "read", code_version())
        began = time.monotonic()
        outcome = self._outcome(document_id)
        self._take_down(outcome, time.monotonic() - began)
        keep_paper(self.ledger.engine, document_id, paper_record(outcome))
        if outcome.status == "failed":
            name, _, detail = (outcome.reason or "unreadable").partition(": ")
            self.ledger.stage_failed(run, name, detail or None)
        else:
            name = (outcome.reason or "").partition(":")[0]
            self.ledger.stage_done(run, reason=name or None, detail=outcome.reason)
        return outcome

    def _take_down(self, outcome: Outcome, seconds: float) -> None:
        """Log what a reading took and brought, and count it into its night."""
        log_document(
            outcome.document_id,
            "read",
            status=outcome.status,
            reason=outcome.reason,
            seconds=round(seconds, 3),
            pages=outcome.page_count,
            forms=outcome.forms,
            amounts=outcome.amounts,
            findings=outcome.findings,
        )
        proven = sum(outcome.amounts.get(status, 0) for status in SETTLED)
        layer: Layer = "picture" if outcome.has_text_layer is False else "text"
        night = night_date(self.ledger.now())
        amounts = outcome.amount_count
        add_figures(self.ledger.engine, night, layer, seconds=seconds, amounts=amounts, proven=proven)

    def _outcome(self, document_id: str) -> Outcome:
        origin = provenance_of(self.ledger.history(document_id), self.locations.portals())
        try:
            with self.archive.local_path(document_id) as path:
                return read(
                    Source(path, document_id, origin=origin),
                    self.locations.work,
                    self.processes,
                    self.locations.corrections,
                )
        except NoSuchDocumentError:
            lost: UnreadableDocumentError = NotInArchiveError()
        except DocumentDamagedError as error:
            lost = ArchivedBytesDifferError(*error.args)
        return keep_failed(Source(Path(origin.file_name), document_id, origin=origin), lost, self.locations.work)

    def again(self, document_id: str) -> Outcome:
        """Read one document anew and check it, whatever else is due; a kill leaves it waiting to be read."""
        self.ledger.requeue([document_id], "read")
        outcome = self.read(document_id)
        if outcome.status != "failed":
            self.check(document_id)
            self._take_back_our_faults([document_id])
        return outcome

    def check_all(self) -> int:
        """Hold each paper that was read against last year's, and next year's against it; returns how many were due.

        Next year's paper waits to be checked again once this one is read anew.
        """
        checked = []
        for document_id in chain.from_iterable(self._claimed("checked")):
            self.check(document_id)
            checked.append(document_id)
        self._take_back_our_faults(checked)
        return len(checked)

    def _take_back_our_faults(self, document_ids: Iterable[str]) -> None:
        """Hold the papers of this night against one another: what most of a layout fail by is held against none."""
        outcomes = (outcome_of(work.kept(each, self.locations.work)) for each in document_ids)
        for identity, outcome in take_back_our_faults(outcomes, self.locations.work).items():
            keep_paper(self.ledger.engine, identity, paper_record(outcome))

    def check(self, document_id: str) -> None:
        """Join a document with the other files of its paper, and give the paper its checks against last year's."""
        run = self.ledger.stage_begun(document_id, "checked", code_version())
        self._join(document_id)
        for this, before in self._pairs(document_id):
            compare(this, before, self.locations.work)
            for file in this:
                log_document(file, "checked", last_year=" ".join(before))
        self.ledger.stage_done(run)

    def _join(self, document_id: str) -> None:
        """Let the documents of one department and year that a page offers be one paper, where they are that."""
        beside = [each for each in offered_beside(self.ledger.engine, document_id) if self._is_kept(each)]
        if document_id in beside:
            for identity, outcome in join(beside, self.locations.work).items():
                keep_paper(self.ledger.engine, identity, paper_record(outcome))
                log_document(identity, "checked", paper_id=outcome.paper_id)

    def _is_kept(self, document_id: str) -> bool:
        return work.is_kept(document_id, self.locations.work)

    def _pairs(self, document_id: str) -> Iterator[tuple[Files, Files]]:
        """A paper with last year's, and next year's with it, where just one is the paper of the earlier year.

        Both are asked for whichever of the two came last.
        """
        paper = paper_of(self.ledger.engine, document_id)
        if paper is None or not (paper.department and paper.kind and paper.fiscal_year):
            return
        year = paper.fiscal_year
        found = papers_of(self.ledger.engine, paper.department, paper.kind, (year - 1, year, year + 1))
        before, own, after = (found.get(each, []) for each in (year - 1, year, year + 1))
        this = next((files for files in own if document_id in files), (document_id,))
        if len(before) == 1:
            yield this, before[0]
        if own == [this]:
            yield from ((files, this) for files in after)


def paper_record(outcome: Outcome) -> PaperRecord:
    """What the ledger keeps of an outcome."""
    doubtful = sum(count for status, count in outcome.amounts.items() if status not in (*SETTLED, UNPROVEN))
    return PaperRecord(
        department=short_name(outcome.department) if outcome.department else None,
        kind=outcome.kind,
        fiscal_year=outcome.fiscal_year,
        pages=outcome.page_count,
        forms=sum(outcome.forms.values()),
        amounts=outcome.amount_count,
        doubtful=doubtful,
        paper_id=outcome.paper_id if outcome.paper_id != outcome.document_id else None,
    )
