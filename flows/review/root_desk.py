"""The desk of a root: doubts from its site and its readings, decisions in its corrections and acknowledgements."""

from collections.abc import Sequence
from pathlib import Path
from threading import RLock

from crawlers.archive import Archive
from flows.night import steps
from flows.night.correcting import file_of, write_correction
from flows.night.one_night import one_night
from flows.night.processing import Pipeline
from flows.night.settings import NightSettings
from flows.review.decided import Decided, decided
from flows.review.deciding import acknowledgements_of, choices, correction_of, yuan_of
from flows.review.doubts import Doubt, Doubts
from flows.review.paper import OpenPaper
from ledger import Ledger
from ledger.clock import night_date, now
from reading.questions.acknowledging import acknowledge, read_acknowledged
from reading.running.processes import DocumentProcesses
from schemas.errors import WrongUseError
from schemas.records import LineItem
from website.review.desk import DecidedMeanwhileError, Decision, Told
from website.review.doubt import amount_told, is_doubtful, sums_told, with_amount

OF_DOUBT = ("department", "kind", "year", "form", "page_of", "picture")
LISTED = ("id", "department", "year", "kind", "stake")


class RootDesk:
    """A `website.review.desk.Desk` for a root on which nights have worked; one request at a time."""

    def __init__(self, settings: NightSettings, site: Path, acknowledged: Path) -> None:
        self._settings = settings
        self._acknowledged = acknowledged
        self._one_at_a_time = RLock()
        self._doubts = Doubts(site, settings.locations.work)
        self._last: OpenPaper | None = None

    def doubts(self) -> Sequence[Told]:
        """Every doubtful amount, most yuan at stake first, with whether it is decided."""
        with self._one_at_a_time:
            touched = self._touched()
            return [
                {
                    **{name: doubt[name] for name in LISTED},
                    "decided": identity in touched and self._is_decided(identity, doubt),
                }
                for identity, doubt in self._doubts
            ]

    def doubt(self, amount: str) -> Told:
        """One amount in full."""
        with self._one_at_a_time:
            identity, doubt = self._doubts.find(amount)
            paper = self._paper(identity)
            known = self._known(paper, paper.item(amount))
            return {
                "amount": amount_told(paper.shown(amount)),
                **{name: doubt[name] for name in OF_DOUBT},
                "file_name": paper.reading.document.file_name,
                "decided": known.told(),
                "seen": known.mark,
                "choices": choices(paper.item(amount), known),
                **sums_told(paper.rows, amount),
            }

    def preview(self, amount: str, right: str) -> Told:
        """Its sums, were this printed."""
        with self._one_at_a_time:
            paper = self._paper(self._doubts.find(amount)[0])
            yuan = yuan_of(right, paper.item(amount))
            return sums_told(with_amount(paper.rows, amount, right, yuan), amount)

    def decide(self, decision: Decision) -> Told:
        """Keep a decision; one on the reading is brought in at once: the paper is read again."""
        with self._one_at_a_time, one_night(self._settings.locations.root):
            paper = self._paper(self._doubts.find(decision.amount)[0])
            item = paper.item(decision.amount)
            known = self._known(paper, item)
            if known.mark != decision.seen:
                raise DecidedMeanwhileError(
                    "别人刚刚作过决定，请看过再定 / somebody has decided meanwhile: look at it, then decide"
                )
            if decision.choice not in choices(item, known):
                raise WrongUseError(f"这里不能这样决定 / not to be decided so here: {decision.choice}")
            on_faults = decision.choice in {"publishers_own", "not_a_fault"}
            file = self._said(decision, paper, known) if on_faults else self._corrected(decision, paper, item, known)
            anew = self._paper(paper.document_id)
            shown = anew.shown(decision.amount)
            left = sum(is_doubtful(each) and each.place is not None for each in anew.amounts)
            return {"status": shown.status, "printed": shown.printed, "left": left, "file": str(file)}

    def publish(self) -> Told:
        """A release of what was read, and the site anew."""
        with self._one_at_a_time, one_night(self._settings.locations.root):
            published = steps.publish(self._settings)
            if published is None:
                raise WrongUseError("没有可发布的 / there is nothing to publish")
            self._doubts.load()
            return {"version": published.release.version}

    def _said(self, decision: Decision, paper: OpenPaper, known: Decided) -> Path:
        for entry in acknowledgements_of(decision, paper.reading, known, night_date(now())):
            acknowledge(self._acknowledged, entry)
        return self._acknowledged

    def _corrected(self, decision: Decision, paper: OpenPaper, item: LineItem, known: Decided) -> Path:
        """Write the correction and read the paper again. Raises `WrongUseError` where it took no effect."""
        given = self._settings.locations.corrections
        correction = correction_of(decision, paper.reading, item, known, night_date(now()))
        write_correction(paper.reading, correction, item, given, instead_of=known.correction)
        file = file_of(paper.document_id, given)
        why = self._read_again(paper.document_id)
        anew = self._paper(paper.document_id)
        self._doubts.read_again(anew)
        if why or (read := anew.find(decision.amount)) is None or read.reader != "correction":
            raise WrongUseError(f"更正已写下，但没有生效 / written, but it took no effect: {file} {why or ''}")
        return file

    def _read_again(self, document_id: str) -> str | None:
        """Bring in what is written; why the paper could not be read, or None."""
        where = self._settings.locations
        self._last = None
        with Ledger.open(where.ledger) as ledger, DocumentProcesses(1, self._settings.limits) as processes:
            line = Pipeline(ledger, Archive.open(where.archive), where, processes)
            with line.at_work():
                outcome = line.again(document_id)
        return outcome.reason if outcome.status == "failed" else None

    def _touched(self) -> set[str]:
        """The documents of which anything was decided: of all others nobody needs to look."""
        given = self._settings.locations.corrections
        said = {entry.document for entry in read_acknowledged(self._acknowledged).values()}
        return said | {identity for identity, _ in self._doubts if file_of(identity, given).exists()}

    def _is_decided(self, identity: str, doubt: Doubt) -> bool:
        paper = self._paper(identity)
        item = paper.find(doubt["id"])
        return item is None or self._known(paper, item).is_settled

    def _known(self, paper: OpenPaper, item: LineItem) -> Decided:
        return decided(paper.reading, item, self._settings.locations.corrections, self._acknowledged)

    def _paper(self, document_id: str) -> OpenPaper:
        """A paper as it was read last; the one that is looked at stays open."""
        if self._last is None or self._last.document_id != document_id:
            self._last = OpenPaper.of(document_id, self._settings.locations.work)
        return self._last
