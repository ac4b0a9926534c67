"""What `gongkai crawl --discover URL` prints: the visit, its pages, the papers, and a definition to begin with."""

from rich.console import Console
from rich.text import Text

from cli.console import grid, names, numbers
from cli.printing.night import print_listed, print_visits
from cli.printing.stage_words import advice_on
from flows.night.discovering import definition, look_through
from flows.night.portal_visit import VisitResult
from flows.night.settings import NightSettings


def discover(url: str, settings: NightSettings, out: Console, *, allow_private: bool = False) -> bool:
    """Look through a portal (`flows.night.discovering.look_through`) and print what is there; whether papers are."""
    portal, visited = look_through(url, settings, allow_private=allow_private)
    print_visits([visited], out)
    for reason in sorted(visited.failures):
        out.print(Text(advice_on(reason) or reason), soft_wrap=True)
    _print_pages(visited, out)
    print_listed([visited], out)
    if visited.papers:
        out.print(Text(definition(portal, visited)), soft_wrap=True)
    return bool(visited.papers)


def _print_pages(visited: VisitResult, out: Console) -> None:
    table = grid("性质 nature", numbers("文件 papers"), numbers("链接 onward"), names("标题 title"), names("网页 page"))
    for page in visited.looked:
        table.add_row(page.page_kind, str(page.papers), str(page.onward), Text(page.title), Text(page.url))
    out.print(table)
