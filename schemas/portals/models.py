"""A portal as data: where a division or a department publishes its papers, and how it may be visited."""

from datetime import time
from typing import Annotated, Literal

from pydantic import AnyHttpUrl, BaseModel, ConfigDict, Field, model_validator

from schemas.records import Kind

Family = Literal["trs", "vsb", "jcms", "ucap", "generic"]
"""The content management system behind a portal, by the traces in its addresses; `generic` goes by what links say."""
Level = Literal["department", "government"]

PortalId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
DivisionCode = Annotated[str, Field(pattern=r"^[1-8]\d{5}$")]
Host = Annotated[str, Field(pattern=r"^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$")]
Share = Annotated[float, Field(ge=0, le=1)]
Month = Annotated[int, Field(ge=1, le=12)]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Entry(_Frozen):
    """An address where lists or papers begin; `kind` and `department` stand in where its pages do not say."""

    address: str
    kind: Kind | None = None
    department: str | None = None

    @model_validator(mode="after")
    def _is_http(self) -> "Entry":
        AnyHttpUrl(self.address)
        return self


class Window(_Frozen):
    """Hours of the day, Asia/Shanghai, from `opens` until before `closes`; it may run over midnight."""

    opens: time
    closes: time

    def contains(self, moment: time) -> bool:
        """Tell whether a time of day in Asia/Shanghai lies within; equal ends stand for the whole day."""
        if self.opens == self.closes:
            return True
        if self.opens < self.closes:
            return self.opens <= moment < self.closes
        return moment >= self.opens or moment < self.closes


class Pace(_Frozen):
    """How a portal's hosts may be visited, each on its own: one request at a time, this far apart, so much a night."""

    seconds_between_requests: Annotated[float, Field(ge=0)] = 3.0
    requests_per_night: Annotated[int, Field(ge=1)] = 2000
    bytes_per_night: Annotated[int, Field(ge=1)] = 2 * 1024**3
    window: Window = Window(opens=time(1, 0), closes=time(7, 0))


class TlsException(_Frozen):
    """Certificates of these hosts are not verified, and why that was accepted."""

    hosts: Annotated[tuple[Host, ...], Field(min_length=1)]
    reason: Annotated[str, Field(min_length=10)]


class Expected(_Frozen):
    """So many papers of a kind for a year, once its month has passed.

    A budget's month is of the fiscal year itself, a final account's of the year after.
    """

    kind: Kind
    papers_at_least: Annotated[int, Field(ge=1)]
    from_month: Month


class Bounds(_Frozen):
    """What breaks a night where it is passed: then the command exits non-zero and the flow fails.

    A portal on which no paper was seen for more than `silent_days_at_most` is told of (`flows.night.notices`).
    """

    failed_share_at_most: Share = 0.2
    found_share_at_least: Share = 0.5
    silent_days_at_most: Annotated[int, Field(ge=1)] = 3


class Portal(_Frozen):
    """A portal. `attachment_hosts` may serve its papers beside the entries' own; None: any host that a page links to.

    `department` is whose papers all of them are, for the portal of one department or university. `levels` says which
    papers are taken; those of the government as a whole (政府预算) are passed over unless named here.
    `allow_private` lets it lie at a private or loopback address, for tests alone.
    """

    id: PortalId
    name: Annotated[str, Field(min_length=2)]
    division_code: DivisionCode
    family: Family
    entries: Annotated[tuple[Entry, ...], Field(min_length=1)]
    pace: Pace = Pace()
    tls_exception: TlsException | None = None
    allow_private: bool = False
    attachment_hosts: tuple[Host, ...] | None = None
    department: str | None = None
    levels: Annotated[tuple[Level, ...], Field(min_length=1)] = ("department", "government")
    expected: tuple[Expected, ...] = ()
    bounds: Bounds = Bounds()
