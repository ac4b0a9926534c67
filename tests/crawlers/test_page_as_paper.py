"""Pages that print a paper's forms themselves are handed over as papers; pages that only speak of papers are not."""

from made_pages import article, portal

from crawlers.evaluating import evaluate
from crawlers.pages.printed_forms import AMOUNTS, prints_forms

ARTICLE = "https://czj.example.gov.cn/bmyjs/202403/t20240301_1.html"
KNOWN = portal("generic", "https://czj.example.gov.cn/bmyjs/index.html")
ROWS = "".join(f"<tr><td>科目{n}</td><td>&nbsp;{n},234.50</td><td>{n}.00</td></tr>" for n in range(1, 9))


def test_an_article_with_forms_is_a_paper() -> None:
    page = article("市教育局2024年部门预算", f"<table>{ROWS}</table>")
    (paper,) = evaluate(ARTICLE, page, {}, KNOWN).papers
    assert (paper.url, paper.kind, paper.fiscal_year, paper.department) == (ARTICLE, "budget", 2024, "市教育局")


def test_an_article_without_amounts_or_of_the_government_is_none() -> None:
    assert evaluate(ARTICLE, article("市教育局2024年部门预算", "<p>见附件。</p>"), {}, KNOWN).papers == ()
    government = article("某市2024年政府预算", f"<table>{ROWS}</table>")
    assert evaluate(ARTICLE, government, {}, KNOWN).papers == ()


def test_amounts_count_in_cells_alone() -> None:
    assert prints_forms(f"<table>{ROWS}</table>")
    assert not prints_forms("1,234.50 " * 100)
    assert not prints_forms("<td><a href='x'>2024.01.05</a></td>" * 100)
    assert not prints_forms("<td>1.50</td>" * (AMOUNTS - 1))
