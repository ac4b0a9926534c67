"""The review of a root after a night, in a real browser and by its keyboard alone: a misprint is decided on."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from axe_playwright_python.sync_playwright import Axe
from night_world import SCRIPT, World, world
from playwright.sync_api import Browser, Page, ViewportSize, expect

from checks import place_of
from flows.review.decided import Decided, decided
from flows.review.deciding import choices, correction_of
from flows.review.root_desk import RootDesk
from ledger.clock import night_date, now
from reading import work
from reading.questions.acknowledging import read_acknowledged
from samples.demo import DEPARTMENT, demo_publications
from schemas.errors import WrongUseError
from schemas.records import LineItem, Reading
from tests.kinds import every_pair
from website import kept
from website.review.desk import DecidedMeanwhileError, Decision

MISPRINTED = [each for each in demo_publications() if (each.department, each.year) == (DEPARTMENT, 2023)]
PRINTED, WOULD_ADD_UP = "280.32", "253.32"
PHONE, DESK = ViewportSize(width=390, height=844), ViewportSize(width=1280, height=900)
AA = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}


@pytest.fixture(scope="module")
def after_a_night(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    papers = [each for each in MISPRINTED if each.kind == "final_accounts"]
    with world(tmp_path_factory.mktemp("review"), {"ucap": papers}) as made:
        made.night()
        yield made


@pytest.fixture(scope="module")
def address(after_a_night: World) -> Iterator[str]:
    """Where `gongkai review` serves the root, as it prints it."""
    words = ["review", "--root", str(after_a_night.root), "--portals", str(after_a_night.portals_folder)]
    command = [sys.executable, "-c", SCRIPT, *words, "--no-browser", "--jobs", "1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as served:
        assert served.stdout is not None
        line = next(line for line in served.stdout if "review: " in line)
        yield line.rpartition(" ")[2].strip()
        served.terminate()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=DESK, locale="zh-CN", reduced_motion="reduce")
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    yield opened
    context.close()
    assert wrong == []


def kept_reading(made: World) -> Reading:
    folder = made.settings.locations.work
    (identity,) = work.kept_ids(folder)
    return work.kept(identity, folder)


def misprint(reading: Reading) -> LineItem:
    (found,) = [item for item in reading.line_items if item.status == "source_inconsistent"]
    return found


@pytest.mark.parametrize(("viewport", "scheme"), every_pair([PHONE, DESK], ["light", "dark"]))
def test_everybody_can_review(browser: Browser, address: str, viewport: ViewportSize, scheme: str) -> None:
    context = browser.new_context(viewport=viewport, color_scheme=scheme, locale="en", reduced_motion="reduce")  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(address)
    page.locator("#doubt h2").wait_for()
    page.keyboard.press("1")
    found = Axe().run(page, options=AA)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    context.close()


def test_nobody_else_may_look_or_write(browser: Browser, address: str) -> None:
    bare = address.partition("?")[0]
    stranger = browser.new_context().request
    for path in ("", "index.html", "review", "api/doubts", "?token=guessed"):
        assert stranger.get(bare + path).status == 401, path
    ours = browser.new_context().request
    assert ours.get(address).status == 200
    doubts = ours.get(f"{bare}api/doubts").json()
    assert len(doubts) == 1
    said = {"amount": doubts[0]["id"], "choice": "not_a_fault", "says": "x"}
    assert ours.post(f"{bare}api/decide", data=said).status == 403
    assert ours.get(f"{bare}api/doubts", headers={"host": "elsewhere.example"}).status == 421
    assert [each["decided"] for each in ours.get(f"{bare}api/doubts").json()] == [False]


def test_a_decision_by_keyboard_is_kept_read_again_and_published(
    after_a_night: World, address: str, page: Page
) -> None:
    before = misprint(kept_reading(after_a_night))
    assert before.printed == PRINTED
    page.goto(address)
    page.locator("#blocks .fails").first.wait_for()
    page.keyboard.press("1")
    page.keyboard.type("not a figure")
    page.locator("#live", has_text="no amount").wait_for()
    page.keyboard.press("Control+a")
    page.keyboard.type(WOULD_ADD_UP)
    expect(page.locator("#blocks .fails")).to_have_count(0)
    assert WOULD_ADD_UP in page.locator("#says").input_value()
    page.locator("#by").fill("张三")
    page.keyboard.press("Enter")
    page.locator("#said", has_text="已记下").wait_for(timeout=60_000)
    page.locator("#done").wait_for()
    (file,) = (after_a_night.root / "corrections").glob("*.yaml")
    (entry,) = yaml.safe_load(file.read_text(encoding="utf-8"))["corrections"]
    assert (entry["expect"], entry["right"], entry["reason"]) == (PRINTED, WOULD_ADD_UP, "misreading")
    assert (entry["by"], entry["on"]) == ("张三", str(night_date(now())))
    anew = next(item for item in kept_reading(after_a_night).line_items if item.amount_id == before.amount_id)
    assert (anew.printed, anew.reader, anew.status) == (WOULD_ADD_UP, "correction", "proven")
    page.keyboard.press("Enter")
    page.locator("#said", has_text="已发布版本").wait_for(timeout=60_000)
    (row,) = [row for row in after_a_night.rows("line_items") if row["amount_id"] == before.amount_id]
    assert (row["printed"], row["reader"]) == (WOULD_ADD_UP, "correction")
    paper = next((after_a_night.root / "site" / "papers").glob("*.html")).read_text("utf-8")
    assert f"<a id={before.amount_id}>{WOULD_ADD_UP}</a>" in paper
    file.unlink()
    assert after_a_night.ran("rerun", "--document", before.document_id[:12], "--no-prefect")[0] == 0


@pytest.fixture
def desk(after_a_night: World, tmp_path: Path) -> Iterator[RootDesk]:
    """A desk whose decisions lie in a folder of their own."""
    settings = after_a_night.settings.model_copy(update={"corrections": str(tmp_path / "corrections")})
    yield RootDesk(settings, after_a_night.root / "site", tmp_path / "acknowledged.yaml")
    document = kept_reading(after_a_night).document.document_id
    assert after_a_night.ran("rerun", "--document", document, "--no-prefect")[0] == 0


def test_a_second_reviewer_sees_what_the_first_has_said(after_a_night: World, desk: RootDesk, tmp_path: Path) -> None:
    amount = misprint(kept_reading(after_a_night)).amount_id
    first = Decision(amount=amount, choice="publishers_own", says="已电话核实", by="张三")
    assert desk.decide(first)["status"] == "source_inconsistent"
    said = read_acknowledged(tmp_path / "acknowledged.yaml").values()
    assert {(each.said, each.by, each.on) for each in said} == {("publishers_own", "张三", night_date(now()))}
    assert [each["decided"] for each in desk.doubts()] == [True]
    with pytest.raises(DecidedMeanwhileError, match="meanwhile"):
        desk.decide(Decision(amount=amount, choice="not_a_fault", says="没看到", by="李四"))
    shown = desk.doubt(amount)
    assert [(each["by"], each["says"]) for each in shown["decided"]] == [("张三", "已电话核实")]
    desk.decide(Decision(amount=amount, choice="not_a_fault", says="口径不同", by="李四", seen=shown["seen"]))
    assert [each["by"] for each in desk.doubt(amount)["decided"]] == ["李四"]


def test_a_typed_figure_that_is_overruled_stays_on_record(after_a_night: World, desk: RootDesk, tmp_path: Path) -> None:
    amount = misprint(kept_reading(after_a_night)).amount_id
    with pytest.raises(WrongUseError, match="what was read"):
        desk.decide(Decision(amount=amount, choice="printed", right=PRINTED, says="第8页"))
    with pytest.raises(WrongUseError, match="no amount"):
        desk.decide(Decision(amount=amount, choice="printed", right="1,23.4", says="第8页"))
    desk.decide(Decision(amount=amount, choice="printed", right=WOULD_ADD_UP, says="第8页", by="张三"))
    again = desk.doubt(amount)
    desk.decide(
        Decision(amount=amount, choice="printed", right=PRINTED, says="看过原页", by="李四", seen=again["seen"])
    )
    (file,) = (tmp_path / "corrections").glob("*.yaml")
    (entry,) = yaml.safe_load(file.read_text(encoding="utf-8"))["corrections"]
    assert (entry["reason"], entry["right"], entry["by"]) == ("confirmed", PRINTED, "李四")
    assert [(each["right"], each["by"]) for each in entry["earlier"]] == [(WOULD_ADD_UP, "张三")]
    assert [each["by"] for each in desk.doubt(amount)["decided"]] == ["李四", "张三"]


def repaired(reading: Reading, first: str) -> tuple[Reading, LineItem]:
    """The reading as if its misprint were the second reader's word, and the first had read otherwise."""
    item = replace(misprint(reading), status="repaired")
    items = tuple(item if place_of(each) == place_of(item) else each for each in reading.line_items)
    tables = tuple(
        replace(
            table,
            cells=tuple(
                replace(cell, text=first)
                if (table.number, cell.row, cell.col) == (item.table_no, item.row, item.col)
                else cell
                for cell in table.cells
            ),
        )
        for table in reading.tables
    )
    return replace(reading, line_items=items, tables=tables), item


@pytest.mark.parametrize(
    ("choice", "right", "reason", "printed"),
    [
        ("first_reading", None, "confirmed", "230.32"),
        ("second_reading", None, "misreading", PRINTED),
        ("printed", "1,230.32", "misreading", "1,230.32"),
    ],
)
def test_of_two_readings_one_is_taken(  # noqa: PLR0917  pytest hands fixtures by name
    after_a_night: World, tmp_path: Path, choice: str, right: str | None, reason: str, printed: str
) -> None:
    reading, item = repaired(kept_reading(after_a_night), "230.32")
    known = decided(reading, item, tmp_path / "corrections", tmp_path / "acknowledged.yaml")
    assert choices(item, known)[:3] == ["first_reading", "second_reading", "printed"]
    decision = Decision.model_validate({"amount": item.amount_id, "choice": choice, "right": right, "says": "第8页"})
    correction = correction_of(decision, reading, item, known, night_date(now()))
    assert (correction.expect, correction.printed, correction.reason) == ("230.32", printed, reason)
    assert Decided(correction, (), ()).is_settled


def test_a_replaced_paper_is_open_again(after_a_night: World, desk: RootDesk, tmp_path: Path) -> None:
    reading = kept_reading(after_a_night)
    item = misprint(reading)
    desk.decide(Decision(amount=item.amount_id, choice="not_a_fault", says="口径不同"))
    where = tmp_path / "corrections", tmp_path / "acknowledged.yaml"
    assert decided(reading, item, *where).is_settled
    other = replace(reading, document=replace(reading.document, document_id="b" * 64))
    assert not decided(other, item, *where).is_settled


@pytest.mark.usefixtures("address")  # which makes the site
def test_a_paper_that_was_read_again_since_the_site_was_made_shows_what_it_has_now(after_a_night: World) -> None:
    """As after a rerun that nobody has published: the site still has the doubts of the reading before."""
    site = after_a_night.root / "site"
    (name,) = kept.names(site)
    amount = misprint(kept_reading(after_a_night)).amount_id
    made = kept.kept(site, name)
    assert made is not None
    kept.keep(site, name, replace(made, rows="of another reading", doubts=[]))
    try:
        desk = RootDesk(after_a_night.settings, site, after_a_night.root / "acknowledged.yaml")
        assert [each["id"] for each in desk.doubts()] == [amount]
    finally:
        kept.keep(site, name, made)
