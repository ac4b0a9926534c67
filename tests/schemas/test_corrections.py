from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from schemas.corrections import corrections, read_corrections

PAPER = """
document_id: {document_id}
file_name: 2024年度部门决算.pdf
department: 某某局
kind: final_accounts
fiscal_year: 2024
corrections:
  - place: {{page: 9, form: expenditure_by_function, code: "2140112", measure: basic}}
    unit: 万元
    expect: "123456"
    printed: "1,234.56"
    right: "1,234.56"
    reason: misreading
    evidence: {{says: "第9页原图为 1,234.56"}}
""".format(document_id="a" * 64)
MISPRINT = PAPER.replace('"123456"', '"1,324.56"').replace('printed: "1,234', 'printed: "1,324')
MISPRINT = MISPRINT.replace("misreading", "misprint").replace("{says", "{url: 'https://example.org/notice', says")


def one(folder: Path, text: str):
    (folder / "paper.yaml").write_text(text, encoding="utf-8")
    (paper,) = read_corrections(folder).by_document.values()
    return paper


def test_an_entry_says_where_what_and_why(tmp_path: Path) -> None:
    paper = one(tmp_path, PAPER)
    assert (paper.document_id, paper.fiscal_year) == ("a" * 64, 2024)
    (correction,) = paper.corrections
    assert str(correction.place) == "expenditure_by_function 2140112 basic"
    assert correction.right_yuan == Decimal("12345600.00")
    assert correction.right_yuan.as_tuple().exponent == -2


def test_a_misprint_takes_the_publishers_own_correction(tmp_path: Path) -> None:
    (correction,) = one(tmp_path, MISPRINT).corrections
    assert (correction.expect, correction.printed, correction.right) == ("1,324.56", "1,324.56", "1,234.56")
    with pytest.raises(ValueError, match="publisher's own correction"):
        one(tmp_path, MISPRINT.replace("url: 'https://example.org/notice', ", ""))


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("reason:", "why:", "Extra inputs are not permitted"),
        ("a" * 64, "a" * 63, "document_id"),
        ("expenditure_by_function", "balance_sheet", "no such form: balance_sheet"),
        ("measure: basic", "measure: base", "no such measure: base"),
        ("measure: basic", "side: left, measure: basic", "no such side: left"),
        ('code: "2140112", ', "", "a code, a name or both"),
        ('"2140112"', "2140112", "valid string"),
        ('right: "1,234.56"', "right: 1234.56", "valid string"),
        ('right: "1,234.56"', 'right: "1,23.456"', "should match pattern"),
        ('right: "1,234.56"', 'right: "1,234.5"', "a misreading is printed right"),
        ('expect: "123456"', 'expect: "1,234.56"', "a misreading is printed right"),
        ("reason: misreading", "reason: misprint", "a misprint is read as printed"),
        ("万元", "角", "unit"),
        ('1,234.56"', '1,234.5678901"', "no whole number of cents"),
    ],
)
def test_what_is_wrong_is_refused_and_the_file_named(tmp_path: Path, old: str, new: str, why: str) -> None:
    assert old in PAPER
    with pytest.raises(ValueError, match=rf"(?s)^paper\.yaml: .*{why}"):
        one(tmp_path, PAPER.replace(old, new))


def test_a_misprint_is_put_right_with_the_decimals_it_prints(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="decimals of printed"):
        one(tmp_path, MISPRINT.replace('right: "1,234.56"', 'right: "1,234.6"'))


def test_a_place_and_a_document_are_corrected_once(tmp_path: Path) -> None:
    paper = yaml.safe_load(PAPER)
    twice = {**paper, "corrections": paper["corrections"] * 2}
    with pytest.raises(ValueError, match="more than once: expenditure_by_function 2140112"):
        one(tmp_path, yaml.safe_dump(twice, allow_unicode=True))
    for name in ("paper.yaml", "same.yaml"):
        (tmp_path / name).write_text(PAPER, encoding="utf-8")
    with pytest.raises(ValueError, match=r"^same\.yaml: another file"):
        read_corrections(tmp_path)


def test_the_projects_own_are_valid_and_the_readme_is_none_of_them() -> None:
    for document_id, paper in corrections().by_document.items():
        assert paper.document_id == document_id


def test_the_example_of_the_readme_is_valid(tmp_path: Path) -> None:
    readme = Path(__file__).parents[2] / "schemas" / "corrections" / "README.md"
    example = readme.read_text(encoding="utf-8").split("```yaml\n")[1].split("```")[0]
    paper = one(tmp_path, example.replace("0a1b…", "0a1b" * 16))
    assert paper.corrections[0].reason == "misreading"
