"""The CSV files of this folder as rows, their header checked."""

import csv
from collections.abc import Iterator
from pathlib import Path

from schemas.classifications.errors import MalformedRowError

FOLDER = Path(__file__).parent


def read_rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, list[str]]]:
    """Yield the line number and the cells of each row of the UTF-8 CSV file at `path`, which has exactly `columns`.

    Raises:
        MalformedRowError: the header is another one, or a row has more or fewer cells.
    """
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        header = tuple(next(reader, ()))
        if header != columns:
            raise MalformedRowError(f"{path.name}: columns are {', '.join(header)}, not {', '.join(columns)}")
        for cells in reader:
            if len(cells) != len(columns):
                raise MalformedRowError(f"{path.name}:{reader.line_num}: {len(cells)} cells, not {len(columns)}")
            yield reader.line_num, cells
