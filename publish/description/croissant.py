"""`croissant.json`: a release's tables for programs that load data sets by their Croissant description.

Made from `datapackage.json` alone, so that the two cannot disagree. Source: https://docs.mlcommons.org/croissant/docs/croissant-spec.html
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from publish.description.citation import about, citation_line, released_on
from publish.description.described_tables import described_table
from publish.description.package import files_of, parquet_paths
from publish.tables.paths import YEAR, partition_of
from schemas.dataset import Column, Table

CROISSANT = "croissant.json"
PARQUET = "application/x-parquet"
"""The name that the programs which read Croissant know it by."""
CONFORMS_TO = "http://mlcommons.org/croissant/1.0"
CONTEXT: Mapping[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
"""The terms as the specification gives them."""
DATA_TYPES = {
    "string": "sc:Text",
    "bool": "sc:Boolean",
    "date": "sc:Date",
    "timestamp": "sc:DateTime",
    "int": "sc:Integer",
}
"""What a column's type begins with, and what Croissant calls it; all others are its floats, which are as near as it
comes to a decimal."""

Node = dict[str, Any]

OF_FOLDER: Node = {
    "extract": {"fileProperty": "fullpath"},
    "transform": {"regex": rf".*{YEAR}=(\d+).*"},
}
"""Where the year of a table that is parted by years stands: in the names of folders, not in the files."""


def write_croissant(building: Path, descriptor: Mapping[str, Any]) -> None:
    """Write the description of the release in `building`, as its descriptor has it."""
    text = json.dumps(croissant(descriptor), ensure_ascii=False, indent=1) + "\n"
    (building / CROISSANT).write_text(text, encoding="utf-8", newline="\n")


def croissant(descriptor: Mapping[str, Any]) -> Node:
    """The description of a release: its Parquet files with their hashes, its tables with their columns."""
    known, version = about(), descriptor["version"]
    tables = [described_table(each) for each in descriptor["resources"] if each["type"] == "table"]
    return {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": CONFORMS_TO,
        "name": descriptor["name"],
        "alternateName": [known.title.en, known.title.zh],
        "description": f"{descriptor['description']}. {descriptor['description_zh']}。",
        "license": known.licence.url,
        "creator": {"@type": "sc:Organization", "name": known.author},
        "citeAs": citation_line(version),
        "keywords": list(known.keywords),
        "version": version,
        "datePublished": released_on(version).isoformat(),
        "isLiveDataset": False,
        "distribution": [node for table in tables for node in _files(table, descriptor)],
        "recordSet": [_record_set(table, descriptor) for table in tables],
    }


def _files(table: Table, descriptor: Mapping[str, Any]) -> Iterator[Node]:
    """A table's Parquet file; of one that is parted by years, each file, and the set of them."""
    known = files_of(descriptor)
    paths = parquet_paths(descriptor, table.name)
    for path in paths:
        yield {
            "@type": "cr:FileObject",
            "@id": path,
            "name": path,
            "contentUrl": path,
            "contentSize": f"{known[path]['bytes']} B",
            "encodingFormat": PARQUET,
            "sha256": known[path]["hash"].removeprefix("sha256:"),
        }
    if _is_parted(paths):
        yield {
            "@type": "cr:FileSet",
            "@id": f"{table.name}-files",
            "name": f"{table.name}-files",
            "encodingFormat": PARQUET,
            "includes": f"{PurePosixPath(paths[0]).parents[1]}/*/*.parquet",
        }


def _record_set(table: Table, descriptor: Mapping[str, Any]) -> Node:
    paths = parquet_paths(descriptor, table.name)
    parted = _is_parted(paths)
    source = {"fileSet": {"@id": f"{table.name}-files"}} if parted else {"fileObject": {"@id": paths[0]}}
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": f"{table.en}. {table.zh}。",
        "key": [{"@id": f"{table.name}/{name}"} for name in table.key],
        "field": [
            _field(table.name, column, {**source, **(OF_FOLDER if parted and column.name == YEAR else _of(column))})
            for column in table.columns
        ],
    }


def _of(column: Column) -> Node:
    return {"extract": {"column": column.name}}


def _field(table: str, column: Column, source: Node) -> Node:
    return {
        "@type": "cr:Field",
        "@id": f"{table}/{column.name}",
        "name": f"{table}/{column.name}",
        "description": f"{column.en}; {column.zh}",
        "dataType": _data_type(column.type),
        "source": source,
    }


def _data_type(storage: str) -> str:
    """What Croissant calls a type of the dataset."""
    return next((name for begins, name in DATA_TYPES.items() if storage.startswith(begins)), "sc:Float")


def _is_parted(paths: list[str]) -> bool:
    return any(partition_of(path) for path in paths)
