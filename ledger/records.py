"""What the ledger takes and tells: small frozen records. Times are in UTC to the second."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, get_args

from schemas.records import Kind, PaperRole

Stage = Literal["fetched", "read", "checked", "published"]
RunStatus = Literal["running", "ok", "failed"]
State = Literal["waiting", "running", "ok", "failed"]
"""Where a document stands at a stage: `waiting` has an input that no run has taken up."""
Why = Literal["interrupted", "waiting", "stale"]
"""Why a document is due: its last run never ended, none was begun, or other code than today's did it."""

STAGES: tuple[Stage, ...] = get_args(Stage)


@dataclass(frozen=True, slots=True)
class Night:
    """One visit of one portal. `date` is China's; `finished` is None while it runs, or where it was killed."""

    night_id: int
    portal: str
    date: date
    started: datetime
    code_version: str
    finished: datetime | None = None
    finish_reason: str | None = None
    requests: int | None = None
    bytes_received: int | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """A document that a stage should take up next, and the hash of the input that waits for it."""

    document_id: str
    portal: str
    stage: Stage
    input_hash: str
    why: Why


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a document stands at a stage. `code_version` and `reason` are None where no run gave any."""

    document_id: str
    portal: str
    stage: Stage
    state: State
    input_hash: str
    code_version: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a stage on a document; `reason` is a name of the stage's own list, `detail` what was seen."""

    stage: Stage
    status: RunStatus
    started: datetime
    finished: datetime | None
    code_version: str
    input_hash: str
    output_hash: str | None
    reason: str | None
    detail: str | None


@dataclass(frozen=True, slots=True)
class CaptureRecord:
    """A paper with certain bytes, as a portal offered it from `first_seen` to `last_seen`.

    `superseded_by` is the document whose bytes the same address gave next, None for the newest. `member` is as in
    `schemas.captures.Capture`.
    """

    portal: str
    url: str
    member: str | None
    document_id: str
    file_name: str
    page_url: str
    title: str
    link_text: str
    kind: Kind | None
    fiscal_year: int | None
    department: str | None
    published_on: date | None
    role: PaperRole
    division: str | None
    first_seen: datetime
    last_seen: datetime
    etag: str | None
    last_modified: str | None
    superseded_by: str | None


def primary_capture(captures: Iterable[CaptureRecord]) -> CaptureRecord:
    """Of a document's captures the one that speaks for it: one that nothing supersedes, the earliest of those."""
    return min(captures, key=_precedence)


def _precedence(capture: CaptureRecord) -> tuple[object, ...]:
    is_superseded = capture.superseded_by is not None
    return (is_superseded, capture.first_seen, capture.portal, capture.url, capture.member or "")


@dataclass(frozen=True, slots=True)
class CurrentDocument:
    """A document of the dataset with its `primary_capture`, and how its reading stands (None: not due yet)."""

    capture: CaptureRecord
    size_bytes: int
    read_state: State | None

    @property
    def document_id(self) -> str:
        """SHA-256 of its bytes."""
        return self.capture.document_id


@dataclass(frozen=True, slots=True)
class History:
    """All that is known of one document: captures and runs, each in order of time."""

    document_id: str
    size_bytes: int
    captures: tuple[CaptureRecord, ...]
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class StateCount:
    """How many: documents that stand so now, or events of a night. `reason` is None where there is none."""

    portal: str
    stage: Stage
    state: State
    reason: str | None
    count: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """What is there of one portal, year and kind (None where a page did not say).

    `papers` counts the newest capture of each paper, `superseded` the older ones; `failures` the papers that could not
    be fetched in the portal's last night, by reason.
    """

    portal: str
    fiscal_year: int | None
    kind: Kind | None
    papers: int
    superseded: int
    failures: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class FailureRecord:
    """An address that failed in a night."""

    portal: str
    url: str
    reason: str
    detail: str
    at: datetime
    title: str | None


@dataclass(frozen=True, slots=True)
class FindingRecord:
    """Something about a portal that its night showed."""

    portal: str
    code: str
    detail: str
    at: datetime
