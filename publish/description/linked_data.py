"""What a page says of the data to search engines: a schema.org `Dataset` as JSON-LD, in a script that is never run.

Source: https://schema.org/Dataset, https://developers.google.com/search/docs/appearance/structured-data/dataset
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from markupsafe import Markup

from publish.description.citation import about, citation_line, released_on
from schemas.dataset import dataset


def dataset_linked(version: str, downloads: Iterable[Mapping[str, Any]] = ()) -> Markup:
    """The element of a release, for the head of a page; `downloads` are `DataDownload`s with addresses from the page.

    Nothing in it ends the element: no `<` is left as it is.
    """
    text = json.dumps(_described(version, list(downloads)), ensure_ascii=False, separators=(",", ":"))
    return Markup('<script type="application/ld+json">{}</script>').format(Markup(text.replace("<", "\\u003c")))


def download(media_type: str, address: str, size: int) -> Mapping[str, Any]:
    """A file as schema.org tells of it."""
    return {
        "@type": "DataDownload",
        "encodingFormat": media_type,
        "contentUrl": address,
        "contentSize": f"{size} B",
    }


def _described(version: str, downloads: list[Mapping[str, Any]]) -> Mapping[str, Any]:
    known, definition = about(), dataset()
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": known.title.en,
        "alternateName": known.title.zh,
        "description": f"{definition.en}. {definition.zh}。",
        "version": version,
        "datePublished": released_on(version).isoformat(),
        "license": known.licence.url,
        "creator": {"@type": "Organization", "name": known.author},
        "citation": citation_line(version),
        "keywords": list(known.keywords),
        "inLanguage": ["zh-CN", "en"],
        "isAccessibleForFree": True,
        "spatialCoverage": {"@type": "Place", "name": "China"},
        **({"distribution": downloads} if downloads else {}),
    }
