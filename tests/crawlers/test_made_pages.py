"""Pages made after the manner of real ones, each link marked with what it is: what is found of them, and what wrongly.

A twin keeps how a page of some city is built (where its title stands, what is beside it, how its files are reached and
called) and nothing of what that page says. `data-want` is paper, annex or detail; a link without it leads to none.
"""

from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin

import pytest
from lxml import html
from made_pages import portal

from crawlers.evaluating import evaluate

TWINS = sorted((Path(__file__).parent / "twins").glob("*.html"))


class Judged(NamedTuple):
    """Addresses by what they are: as they are marked, and as they were told."""

    wanted: dict[str, str]
    told: dict[str, str]
    links: frozenset[str]

    @property
    def missed(self) -> set[str]:
        return {address for address, role in self.wanted.items() if self.told.get(address) != role}

    @property
    def wrong(self) -> set[str]:
        return set(self.told) - set(self.wanted)


def judge(twin: Path) -> Judged:
    text = twin.read_text(encoding="utf-8")
    url = text.partition("<!-- ")[2].partition(" -->")[0]
    root = html.fromstring(text, base_url=url)
    root.make_links_absolute(url)
    anchors = {
        urljoin(url, anchor.get("data-href") or anchor.get("href")): anchor.get("data-want")
        for anchor in root.iter("a")
    }
    wanted = {address: role for address, role in anchors.items() if role}
    scripted = root.xpath("//script[contains(., '.pdf')]")
    wanted |= {f"{url.split('/zwgk')[0]}/cms/attach/20263/0A1B2C.pdf": "paper"} if scripted else {}
    found = evaluate(url, twin.read_bytes(), {}, portal("generic", url, levels=("department", "government")))
    told = {paper.url: paper.role for paper in found.papers} | {page.address: "detail" for page in found.details}
    return Judged(wanted, told, frozenset(anchors))


@pytest.mark.parametrize("twin", TWINS, ids=lambda twin: twin.stem)
def test_of_a_twin_all_is_found_and_nothing_wrongly(twin: Path) -> None:
    judged = judge(twin)
    assert (judged.missed, judged.wrong) == (set(), set())


def test_the_twins_hold_enough_to_go_by() -> None:
    judged = [judge(twin) for twin in TWINS]
    assert sum(len(one.wanted) for one in judged) > 50
    assert sum(len(one.links - set(one.wanted)) for one in judged) > 100
