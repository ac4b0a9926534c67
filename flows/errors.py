"""How a flow ends that went through, and still not well."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flows.night.steps_report import NightReport


class BoundsBrokenError(Exception):
    """A night in which a portal's bound was broken; all that it brought is kept and published. Carries its report."""

    def __init__(self, report: "NightReport") -> None:
        super().__init__(report)
        self.report = report

    def __str__(self) -> str:
        return "; ".join(f"{portal}: {', '.join(said)}" for portal, said in self.report.breaches.items())


class NothingScheduledError(Exception):
    """Prefect's server runs and has scheduled no night."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds

    def __str__(self) -> str:
        return (
            f"Prefect 服务在 {self.seconds:g} 秒内没有安排任何一夜，请看其日志 / "
            f"Prefect's server scheduled no night within {self.seconds:g} s: see its log"
        )
