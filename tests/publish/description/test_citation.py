from datetime import date
from pathlib import Path

import pytest
import yaml
from frictionless import Package
from jsonschema import Draft7Validator, FormatChecker

from publish.description.citation import (
    CITATION,
    About,
    about,
    citation_cff,
    citation_line,
    package_properties,
    write_citation,
)

CFF = {
    "type": "object",
    "additionalProperties": False,
    "required": ["authors", "cff-version", "message", "title"],
    "properties": {
        "cff-version": {"const": "1.2.0"},
        "type": {"enum": ["dataset", "software"]},
        "message": {"type": "string", "minLength": 1},
        "title": {"type": "string", "minLength": 1},
        "authors": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["name"],
                "properties": {"name": {"type": "string", "minLength": 1}},
            },
        },
        "version": {"type": "string", "minLength": 1},
        "date-released": {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
        "license": {"enum": ["CC0-1.0", "CC-BY-4.0", "ODC-By-1.0", "PDDL-1.0"]},
        "abstract": {"type": "string", "minLength": 1},
        "keywords": {"type": "array", "minItems": 1, "uniqueItems": True, "items": {"type": "string", "minLength": 1}},
    },
}
"""The part of CFF 1.2.0 that is used. Source: github.com/citation-file-format/citation-file-format, schema.json."""


def test_the_citation_file_is_valid_cff() -> None:
    content = yaml.safe_load(citation_cff("2026.3.5.2"))
    content["date-released"] = str(content["date-released"])
    errors = [error.message for error in Draft7Validator(CFF, format_checker=FormatChecker()).iter_errors(content)]
    assert errors == []
    assert (content["version"], content["date-released"]) == ("2026.3.5.2", "2026-03-05")


def test_versions_that_look_like_numbers_stay_text() -> None:
    assert yaml.safe_load(citation_cff("2026.11.30"))["version"] == "2026.11.30"


def test_a_release_gets_the_citation_of_its_own_version(tmp_path: Path) -> None:
    release = tmp_path / "2026.3.5"
    release.mkdir()
    write_citation(release)
    assert yaml.safe_load((release / CITATION).read_text(encoding="utf-8"))["date-released"] == date(2026, 3, 5)
    assert "2026.3.5) [Data set]" in citation_line("2026.3.5")


def test_what_is_no_version_is_not_cited() -> None:
    with pytest.raises(ValueError, match="no version"):
        citation_cff("newest")


def test_the_properties_are_those_of_a_data_package() -> None:
    package = Package.from_descriptor(
        {"name": "gongkai", **package_properties(), "resources": [{"name": "a", "data": []}]}
    )
    assert package.licenses[0]["name"] == about().licence.id
    assert package.title == about().title.en
    assert all(source["title_zh"] for source in package.sources)


def test_an_unknown_key_is_refused() -> None:
    with pytest.raises(ValueError, match="extra"):
        About.model_validate({**about().model_dump(), "extra": 1})
