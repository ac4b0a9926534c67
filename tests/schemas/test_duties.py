"""The catalogue of duties: what it refuses, and that it names nothing which is not there."""

from importlib import resources

import pytest

from schemas.dataset import dataset
from schemas.duties import ByCheck, duties, read_duties
from schemas.duties.describe import PAGE, page
from schemas.findings import known_findings
from schemas.identities import catalogue

NAMES = ("sources.yaml", "sheet.yaml", "wording.yaml", "paper.yaml", "explanations.yaml", "forms.yaml", "depth.yaml")


def texts():
    folder = resources.files("schemas.duties")
    return {name: folder.joinpath(name).read_text("utf-8") for name in NAMES}


@pytest.mark.parametrize(
    ("name", "old", "new", "why"),
    [
        ("paper.yaml", "item: 封面", "item: 封底", "no item of the sheet"),
        ("paper.yaml", "source: check_sheet, clause: 封面", "source: nobody, clause: 封面", "unknown source"),
        ("paper.yaml", "id: cover", "id: timeliness", "there twice"),
        ("paper.yaml", "{by: cover}", "{by: guess}", "guess"),
        ("paper.yaml", "'职[能责]'", "'职[能责'", "no pattern"),
        ("forms.yaml", "any_of: [revenue_expenditure_summary]", "any_of: [income]", "no form is called"),
        ("sources.yaml", "gradual: true", "gradually: true", "gradually"),
        ("sheet.yaml", "otherwise: 编制说明", "otherwise: 其他", "no item of the sheet"),
        ("wording.yaml", "0(\\.0+)?", "{0(", "validation error"),
    ],
)
def test_what_the_catalogue_cannot_mean_is_refused(name, old, new, why):
    read = texts()
    assert old in read[name]
    with pytest.raises(ValueError, match=why):
        read_duties({**read, name: read[name].replace(old, new, 1)})


def test_a_rule_binds_the_papers_it_is_for():
    known = duties()
    basic, contents, assets = known["form_basic"], known["contents"], known["state_assets"]
    cited = lambda duty, *paper: [each.source for each in known.binding(duty, *paper)]  # noqa: E731
    assert cited(basic, "某市某局", 2026, "") == ["rules_143"]
    assert cited(basic, "某市某局", 2016, "") == []
    assert cited(basic, "某某大学", 2026, "") == []
    assert cited(contents, "上海市普陀区某局", 2026, "上海市普陀区2026年区级部门预算") == ["check_sheet"]
    assert cited(contents, "上海市普陀区某局", 2026, "上海市普陀区2026年区级单位预算") == []
    assert cited(contents, "某市某局", 2026, "2026年部门预算") == []
    assert cited(assets, "某市某局", 2026, "2026年部门预算") == []


def test_checks_that_answer_a_duty_are_known():
    known = {each.id for each in catalogue().others} | {each.id for each in catalogue().identities}
    named = {name for duty in duties().duties if isinstance(duty.answer, ByCheck) for name in duty.answer.checks}
    assert named
    assert named - known == set()


def test_findings_of_the_prose_belong_to_the_statement():
    prose = [name for name in known_findings() if name.startswith("prose_") and name not in duties().sheet.ours]
    assert prose
    assert all([duty.id for duty in duties().of_finding(name)] == ["statement"] for name in prose)
    assert not duties().of_finding("label_matched")


def test_findings_about_our_reading_are_nobodys_fault():
    assert set(duties().sheet.ours) <= known_findings().keys()
    assert all(not duties().of_finding(name) for name in duties().sheet.ours)


def test_names_fit_the_column_of_the_dataset():
    column = next(each for each in dataset().tables["disclosure_items"].columns if each.name == "duty")
    assert all(column.allows(duty.id) for duty in duties().duties)


def test_faults_with_a_subject_are_of_that_subject_alone():
    assert next(duty.id for duty in duties().of_check("paper.year_agrees", "cover")) == "cover"
    assert "cover" not in [duty.id for duty in duties().of_check("paper.year_agrees", "某局|3:three_public")]


def test_the_page_is_the_catalogue():
    assert PAGE.read_text(encoding="utf-8") == page(duties()), "python -m schemas.duties.describe"
