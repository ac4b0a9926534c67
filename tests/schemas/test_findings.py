"""The catalogue of findings against the code that reports them."""

import ast
from pathlib import Path

import pytest

from schemas.findings import PAGE, known_findings, page, read_findings
from schemas.prose import words

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("checks", "cli", "extractors", "flows", "ledger", "reading")
REPORTING = {"Finding", "Seen", "_finding", "_found", "_unread"}
"""What a finding's name is handed to, first of all."""


def modules(*rooms):
    return [
        ast.parse(path.read_text("utf-8")) for room in rooms or ROOMS for path in sorted((ROOT / room).rglob("*.py"))
    ]


def texts(module):
    """The texts of a module's constants by their names, and all its texts."""
    named = {
        node.targets[0].id: node.value.value
        for node in module.body
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and isinstance(node.value, ast.Constant)
    }
    return named, {node.value for node in ast.walk(module) if isinstance(node, ast.Constant)}


def reported(module):
    """The names that a module hands on as the first argument, written out or as a constant."""
    named, _ = texts(module)
    for node in ast.walk(module):
        if not (isinstance(node, ast.Call) and node.args):
            continue
        called = getattr(node.func, "id", getattr(node.func, "attr", ""))
        first = node.args[0]
        if called not in REPORTING:
            continue
        if isinstance(first, ast.Constant):
            yield first.value
        elif isinstance(first, ast.Name) and first.id in named:
            yield named[first.id]


def test_every_finding_that_the_code_reports_is_in_the_catalogue():
    found = {name for module in modules() for name in reported(module)}
    assert len(found) > 20
    assert found - known_findings().keys() == set()


def test_every_finding_of_the_prose_is_in_the_catalogue():
    prose = modules("extractors/prose")
    found = {text for module in prose for text in texts(module)[1] if str(text).startswith("prose_")}
    assert len(found) > 8
    assert found - known_findings().keys() == set()


def test_every_finding_of_the_catalogue_can_be_reported():
    every = {template.finding for template in words().templates}.union(*(texts(module)[1] for module in modules()))
    assert known_findings().keys() - every == set()


ONE = "odd_code:\n  title: {zh: 编码, en: code}\n  advice: {zh: 看, en: look}\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [("en: code}", "en: code, fr: code}"), ("odd_code", "OddCode"), ("zh: 看, ", ""), ("en: look", "en: ''")],
)
def test_what_the_catalogue_cannot_mean_is_refused(old, new):
    assert read_findings(ONE)["odd_code"].title.zh == "编码"
    assert old in ONE
    with pytest.raises(ValueError, match="validation error"):
        read_findings(ONE.replace(old, new))


def test_the_page_of_findings_is_the_catalogue_as_it_is():
    assert PAGE.read_text("utf-8") == page(known_findings())
