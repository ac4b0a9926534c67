"""What independent readers find in the text layer of typeset papers."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path

import pdfplumber
import pypdfium2
import pytest

from samples.examples import example_paper
from samples.layout import LAYOUTS
from samples.truth import TruthRow
from samples.typeset import typeset
from tests.kinds import one_in

InLayout = Callable[[str], tuple[Path, list[TruthRow]]]


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def printed_by_page(truth: list[TruthRow]) -> dict[int, Counter[str]]:
    pages: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for row in truth:
        pages[row.page][squeezed(row.printed)] += 1
    return pages


def missing(text: str, printed: Counter[str]) -> list[str]:
    """Amounts that stand on the page less often than the truth says."""
    return [amount for amount, count in printed.items() if squeezed(text).count(amount) < count]


@pytest.mark.parametrize("name", one_in(2, [*LAYOUTS]))
def test_pdfium_finds_every_amount_on_its_page(in_layout: InLayout, name: str) -> None:
    path, truth = in_layout(name)
    pages = printed_by_page(truth)
    pdf = pypdfium2.PdfDocument(path)
    assert len(truth) > 100
    for number, printed in pages.items():
        page = pdf[number - 1]
        assert not missing(page.get_textpage().get_text_range(), printed), number


@pytest.mark.parametrize("name", ["hunan", "shanghai", "jiangsu", "full_width", "upside_down", "open"])
def test_pdfplumber_finds_every_amount_on_its_page(in_layout: InLayout, name: str) -> None:
    path, truth = in_layout(name)
    pages = printed_by_page(truth)
    with pdfplumber.open(path) as pdf:
        for number, printed in list(pages.items())[:4]:
            page = pdf.pages[number - 1]
            assert not missing("".join(char["text"] for char in page.chars), printed), number
            page.close()


@pytest.mark.parametrize(("name", "degrees"), [("jiangsu", 90), ("rotated_270", 270), ("upside_down", 180), ("a3", 0)])
def test_turned_pages_show_upright(in_layout: InLayout, name: str, degrees: int) -> None:
    page = pypdfium2.PdfDocument(in_layout(name)[0])[2]
    assert page.get_rotation() == degrees
    width, height = page.get_size()
    assert (width > height) == (LAYOUTS[name].orientation == "landscape")
    picture = page.render(scale=1).to_pil().convert("L")
    title = picture.crop((0, 60, picture.width, 86)).point(lambda grey: grey < 128 and 255)
    assert title.getbbox() is not None
    left, _, right, _ = title.getbbox()
    assert abs((left + right) / 2 - width / 2) < 3
    assert right - left < 0.5 * width


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("none", set()),
        ("horizontal", {"across"}),
        ("three_line", {"across"}),
        ("vertical", {"down"}),
        ("plain", {"across", "down"}),
    ],
)
def test_only_the_rules_of_the_style_are_drawn(in_layout: InLayout, name: str, kinds: set[str]) -> None:
    with pdfplumber.open(in_layout(name)[0]) as pdf:
        lines = pdf.pages[2].lines
    drawn = {"across" if line["top"] == line["bottom"] else "down" for line in lines}
    assert drawn == kinds


def test_the_same_seed_gives_the_same_bytes_and_another_others(tmp_path: Path) -> None:
    def set_with(seed: int, name: str) -> bytes:
        typeset(example_paper("shanghai", "budget", seed), LAYOUTS["shanghai"], tmp_path / name)
        return (tmp_path / name).read_bytes()

    first = set_with(1, "first.pdf")
    assert set_with(1, "again.pdf") == first
    assert set_with(2, "other.pdf") != first


def test_a_refund_prints_a_negative_amount(tmp_path: Path) -> None:
    paper = example_paper("hunan", "final_accounts", 1, refund=True)
    truth = typeset(paper, LAYOUTS["dashes"], tmp_path / "refund.pdf")
    negative = [row for row in truth if row.amount < 0]
    assert negative
    assert all(re.fullmatch(r"\([\d,]+\.\d\d\)", row.printed) for row in negative)


def test_strong_text_may_stand_twice_in_the_text_layer(in_layout: InLayout) -> None:
    for name, times in (("open", 2), ("decoys", 1)):
        with pdfplumber.open(in_layout(name)[0]) as pdf:
            struck = "".join(char["text"] for char in pdf.pages[2].chars)
        title = re.search(r"收支\w*总表", struck)
        assert title
        assert struck.count(title.group()[:4]) == times
