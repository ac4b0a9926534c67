"""How a release is cited, licensed and sourced: `CITATION.cff`, and the same for `datapackage.json` and the pages.

Source: https://github.com/citation-file-format/citation-file-format/blob/1.2.0/schema-guide.md
"""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field

from publish.description.version import Version
from schemas.dataset import Described, dataset

DEFINITION = Path(__file__).with_name("citation.yaml")
CITATION = "CITATION.cff"
CFF_VERSION = "1.2.0"


class Licence(Described):
    """What one may do with the data: an SPDX id, its text's address, and what it means."""

    id: str
    url: str


class About(BaseModel):
    """What every release says of itself."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: Described
    author: str
    licence: Licence
    sources: tuple[Described, ...] = Field(min_length=1)
    keywords: tuple[str, ...]
    message: str


@cache
def about() -> About:
    """The project's own; `ValueError` (pydantic's) says what is wrong with the file."""
    return About.model_validate(yaml.load(DEFINITION.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader))


def released_on(version: str) -> date:
    """The day that a version is named after."""
    parsed = Version.parse(version)
    if parsed is None:
        raise ValueError(f"no version: {version!r}")
    return date(parsed.year, parsed.month, parsed.day)


def citation_line(version: str) -> str:
    """How to cite a version in a text."""
    known = about()
    return f"{known.author} ({released_on(version).year}). {known.title.en} (version {version}) [Data set]."


def citation_cff(version: str) -> str:
    """The citation file of a version, in CFF 1.2.0."""
    known = about()
    content = {
        "cff-version": CFF_VERSION,
        "type": "dataset",
        "message": known.message,
        "title": f"{known.title.zh} / {known.title.en}",
        "authors": [{"name": known.author}],
        "version": version,
        "date-released": released_on(version),
        "license": known.licence.id,
        "abstract": f"{dataset().zh}。{dataset().en}.",
        "keywords": list(known.keywords),
    }
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=120)


def write_citation(building: Path, previous: Path | None = None) -> None:
    """Write `CITATION.cff` of the release in `building`, whose folder's name is its version; `previous` has no say."""
    file = building / CITATION
    file.unlink(missing_ok=True)
    file.write_text(citation_cff(building.name), encoding="utf-8", newline="\n")


def package_properties() -> dict[str, Any]:
    """Title, licence, sources, authors and keywords as properties of a `datapackage.json`.

    Source: https://specs.frictionlessdata.io/data-package/#metadata
    """
    known = about()
    licence = {"name": known.licence.id, "path": known.licence.url, "title": known.licence.en}
    return {
        "title": known.title.en,
        "title_zh": known.title.zh,
        "licenses": [{**licence, "title_zh": known.licence.zh}],
        "sources": [{"title": source.en, "title_zh": source.zh} for source in known.sources],
        "contributors": [{"title": known.author, "role": "author"}],
        "keywords": list(known.keywords),
    }
