"""The site in a real browser: what a visitor clicks, what lights up, and whether everybody can use it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page, ViewportSize

from publish.opening.readme import QUESTIONS
from reading.running.processes import DocumentProcesses
from samples.demo import DEPARTMENT, OFF_BY
from schemas.records import LineItem, Reading
from tests.website.conftest import published
from tests.website.test_site_building import misprinted_paper
from website.building import Built, build_site
from website.release.originals import Originals

AA = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
PHONE, DESK = ViewportSize(width=390, height=844), ViewportSize(width=1280, height=900)


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A visitor who asks for Chinese, at a desk; what a page asks of anywhere but the folder fails the test."""
    opened = browser.new_context(viewport=DESK, locale="zh-CN", reduced_motion="reduce")
    asked: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    yield opened
    opened.close()
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    yield opened
    assert wrong == []


@pytest.fixture(scope="module")
def wrong(demo_readings: list[Reading]) -> LineItem:
    """The amount that is printed wrong."""
    (found,) = [
        item for reading in demo_readings for item in reading.line_items if item.status == "source_inconsistent"
    ]
    return found


@pytest.fixture
def paper(page: Page, built: Built, demo_readings: list[Reading]) -> Page:
    page.goto(misprinted_paper(built.site, demo_readings).as_uri())
    return page


def amount(page: Page, item: LineItem) -> Locator:
    return page.locator(f"[id='{item.amount_id}']")


def test_an_amount_that_is_clicked_shows_its_box_and_its_sum(paper: Page, wrong: LineItem) -> None:
    amount(paper, wrong).click()
    panel = paper.locator("#panel")
    assert panel.locator("h2").inner_text() == f"{wrong.code} {wrong.name}"
    assert wrong.printed in panel.locator(".figure").inner_text()
    failing = panel.locator(".blocks details[open]")
    assert f"{OFF_BY:,}" in failing.locator("summary").inner_text()
    assert failing.locator(".terms li").count() > 1
    box = paper.locator(f"#page-{wrong.page} rect[data-role='chosen']")
    assert box.count() == 1
    assert float(box.get_attribute("x") or 0) == pytest.approx(wrong.x0, abs=0.1)
    assert float(box.get_attribute("y") or 0) == pytest.approx(wrong.y0, abs=0.1)
    lit = paper.locator("table.printed [data-role]").count()
    assert lit == failing.locator(".terms li").count()
    assert paper.locator(f"#page-{wrong.page} rect[data-role='left']").count() == 1


def test_the_box_lies_over_the_printed_figure(paper: Page, wrong: LineItem) -> None:
    """Where the box is on the screen, the page's picture has ink; beside the table it has none."""
    amount(paper, wrong).click()
    picture = paper.locator(f"#page-{wrong.page} img")
    picture.evaluate("image => image.decode()")
    inked = picture.evaluate(
        """(image, [x0, y0, x1, y1]) => {
            const scale = image.naturalWidth / image.parentElement.querySelector("svg").viewBox.baseVal.width;
            return [image.naturalWidth > 500, scale];
        }""",
        [wrong.x0, wrong.y0, wrong.x1, wrong.y1],
    )
    assert inked[0]
    box, sheet = paper.locator("rect[data-role='chosen']").bounding_box(), picture.bounding_box()
    assert box is not None
    assert sheet is not None
    svg = paper.locator(f"#page-{wrong.page} svg").evaluate("svg => svg.viewBox.baseVal.width")
    assert (box["x"] - sheet["x"]) / sheet["width"] == pytest.approx(wrong.x0 / svg, abs=0.01)


def test_a_box_that_is_clicked_shows_its_amount_and_its_address_is_a_permalink(
    paper: Page, context: BrowserContext, wrong: LineItem
) -> None:
    amount(paper, wrong).click()
    paper.keyboard.press("Escape")
    assert paper.locator("#panel").is_hidden()
    paper.locator(f"#page-{wrong.page} rect.s").click()
    assert paper.url.endswith(f"#{wrong.amount_id}")
    other = context.new_page()
    other.goto(paper.url)
    assert wrong.printed in other.locator("#panel .figure").inner_text()


def test_a_term_of_a_sum_leads_to_its_amount(paper: Page, wrong: LineItem) -> None:
    amount(paper, wrong).click()
    term = paper.locator("#panel .blocks details[open] .terms li:not(.here) a").first
    label = term.inner_text()
    term.click()
    assert paper.locator("#panel h2").inner_text() == label


def test_the_keyboard_alone_will_do(paper: Page, wrong: LineItem) -> None:
    amount(paper, wrong).focus()
    paper.keyboard.press("Enter")
    paper.locator("#panel").wait_for()
    paper.keyboard.press("ArrowLeft")
    moved = paper.evaluate("document.activeElement.id")
    assert moved not in ("", wrong.amount_id)
    paper.keyboard.press("ArrowRight")
    assert paper.evaluate("document.activeElement.id") == wrong.amount_id
    paper.keyboard.press("Escape")
    assert paper.locator("#panel").is_hidden()
    assert paper.evaluate("document.activeElement.id") == wrong.amount_id


def test_doubts_are_filtered_and_lead_to_their_amounts(page: Page, built: Built, wrong: LineItem) -> None:
    page.goto((built.site / "doubts.html").as_uri())
    entries = page.locator("#doubts > li")
    assert entries.count() == 1
    assert f"{OFF_BY:,}" in entries.inner_text() or "269,850" in entries.inner_text()
    crop = entries.locator(".crop img")
    crop.scroll_into_view_if_needed()
    crop.evaluate("image => image.decode()")
    entries.locator("h2 a").click()
    page.wait_for_url("**/papers/**")
    assert wrong.printed in page.locator("#panel .figure").inner_text()


def test_filters_choose_among_doubts(page: Page, built: Built) -> None:
    """Two statuses and kinds, made up: what is chosen stays, and stands in the address."""
    page.goto((built.site / "doubts.html").as_uri())
    page.evaluate("localStorage.clear()")
    script = _twice((built.site / "data" / "doubts.js").read_text("utf-8"))
    page.route("**/data/doubts.js", lambda route: route.fulfill(content_type="text/javascript", body=script))
    page.reload()
    assert page.locator("#doubts > li").count() == 2
    page.locator("select[name='status']").select_option("contradicted")
    assert page.locator("#doubts > li").count() == 1
    assert page.locator("#doubts > li .c").count() == 1
    assert "status=contradicted" in page.url
    page.reload()
    assert page.locator("#doubts > li").count() == 1
    page.locator("#filters button").click()
    page.wait_for_function("document.querySelectorAll('#doubts > li').length === 2")


def _twice(script: str) -> str:
    """The data of doubts with its first row again as a contradicted one."""
    content = json.loads(script[script.index("{") : script.rindex(")")])
    row = list(content["rows"][0])
    content["texts"].append("contradicted")
    row[9] = len(content["texts"]) - 1
    content["rows"].append(row)
    return f'window.gongkai.take("doubts",{json.dumps(content)});'


@pytest.mark.parametrize("asked", ["交通运输", "jtysj", "slsslqjtysj", "shilishi"])
def test_search_finds_a_department_by_name_and_pinyin(page: Page, built: Built, asked: str) -> None:
    page.goto((built.site / "index.html").as_uri())
    page.keyboard.press("/")
    page.keyboard.type(asked)
    page.locator("#found [role=option]", has_text=DEPARTMENT).first.wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url("**/departments/**")
    assert page.locator("h1").inner_text() == DEPARTMENT


def test_search_finds_a_place_by_code(page: Page, built: Built) -> None:
    page.goto((built.site / "index.html").as_uri())
    page.locator("#search").fill("310107")
    page.locator("#found [role=option]").first.wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url("**/places/310107.html")
    assert "普陀区" in page.locator("h1").inner_text()


def test_a_question_is_copied_or_selected_and_is_the_sql_that_the_release_answers(page: Page, built: Built) -> None:
    page.goto((built.site / "explore.html").as_uri())
    shown = page.locator(".question pre").all_text_contents()
    assert shown == [sql for _, sql in QUESTIONS]
    page.locator("[data-copy]").nth(1).click()
    page.locator("#copied", has_text="已").wait_for()
    selected = page.evaluate("getSelection().toString()")
    assert "已复制" in page.locator("#copied").inner_text() or selected.strip() == QUESTIONS[1][1]


def test_language_and_theme_are_switched_and_kept(page: Page, built: Built) -> None:
    page.goto((built.site / "index.html").as_uri())
    assert page.locator("h1 .zh").is_visible()
    page.locator("#language").click()
    assert page.locator("h1 .zh").is_hidden()
    assert page.locator("h1 .en").is_visible()
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.locator("#theme").click()
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert dark != light
    page.goto((built.site / "places.html").as_uri())
    assert page.locator("h1 .en").is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark


def test_a_permalink_finds_the_part_of_a_long_paper(  # noqa: PLR0917  pytest hands fixtures by name
    page: Page,
    demo_readings: list[Reading],
    processes: DocumentProcesses,
    wrong: LineItem,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("website.papers.page.LIGHT", 20_000)
    site = build_site(published(demo_readings, tmp_path), None, Originals(), processes).site
    page.goto(f"{misprinted_paper(site, demo_readings).as_uri()}#{wrong.amount_id}")
    page.locator("#panel h2").wait_for()
    assert wrong.printed in page.locator("#panel .figure").inner_text()
    assert page.locator(".parts a").count() > 2
    assert page.url.endswith(f".html#{wrong.amount_id}")
    assert "-" in page.url.rpartition("/")[2]


def test_without_scripts_a_paper_can_be_read(browser: Browser, built: Built, demo_readings: list[Reading]) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=DESK)
    page = context.new_page()
    page.goto(misprinted_paper(built.site, demo_readings).as_uri())
    assert page.locator("table.printed td").count() > 200
    assert page.locator("#failing").is_visible()
    context.close()


def pages(built: Built, readings: list[Reading]) -> dict[str, Path]:
    site = built.site
    named = {name: site / f"{name}.html" for name in ("index", "doubts", "departments", "places", "portals", "explore")}
    (department,) = (site / "departments").glob("*.html")
    (place,) = (site / "places").glob("*.html")
    return {**named, "department": department, "place": place, "paper": misprinted_paper(site, readings)}


@pytest.mark.parametrize(
    ("viewport", "scheme", "language"),
    [(PHONE, "light", "zh-CN"), (DESK, "dark", "en")],
    ids=["phone", "desk"],
)
def test_everybody_can_use_it(  # noqa: PLR0917  pytest hands fixtures by name
    browser: Browser,
    built: Built,
    demo_readings: list[Reading],
    wrong: LineItem,
    viewport: ViewportSize,
    scheme: Literal["light", "dark"],
    language: str,
) -> None:
    """No page breaks a rule of WCAG's A and AA that can be told by a program, and none moves sideways."""
    context = browser.new_context(viewport=viewport, color_scheme=scheme, locale=language, reduced_motion="reduce")
    page = context.new_page()
    for name, file in pages(built, demo_readings).items():
        page.goto(file.as_uri())
        if name == "paper":
            page.evaluate(f"location.hash = '{wrong.amount_id}'")
            page.locator("#panel h2").wait_for()
        found = Axe().run(page, options=AA)
        assert found.violations_count == 0, f"{name}: {found.generate_report()}"
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, name
    context.close()
