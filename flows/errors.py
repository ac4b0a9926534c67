"""How a flow ends that went through, and still not well."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flows.night.steps import NightReport


class BoundsBrokenError(Exception):
    """A night in which a portal's bound was broken; all that it brought is kept and published. Carries its report."""

    def __init__(self, report: "NightReport") -> None:
        super().__init__(report)
        self.report = report

    def __str__(self) -> str:
        return "; ".join(f"{portal}: {', '.join(said)}" for portal, said in self.report.breaches.items())
