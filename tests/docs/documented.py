"""The examples in docs/using and what they print: each block of code with the block, or table, that follows it."""

import contextlib
import io
import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

USING = Path(__file__).resolve().parents[2] / "docs" / "using"
BLOCK = re.compile(r"^```(sql|python|r)\n(.*?)^```\n(?:\n(?=[|`])((?:\|[^\n]*\n)+|```text\n.*?^```\n))?", re.M | re.S)


@dataclass(frozen=True)
class Example:
    """A block of code on a page; `answer` is what follows it, '' where nothing does."""

    page: Path
    number: int
    language: str
    code: str
    answer: str

    @property
    def name(self) -> str:
        return f"{self.page.name}-{self.number}"


def examples(language: str) -> list[Example]:
    return [example for page in sorted(USING.glob("*.md")) for example in _of(page) if example.language == language]


def _of(page: Path) -> Iterator[Example]:
    for number, found in enumerate(BLOCK.finditer(page.read_text(encoding="utf-8")), start=1):
        yield Example(page, number, found[1], found[2], found[3] or "")


def answer(example: Example, release: Path) -> str:
    """What an example gives when it is run in the folder of a release, as the page has it."""
    if example.language == "sql":
        return sql_answer(example.code, release)
    return f"```text\n{python_answer(example.code, release)}```\n"


def sql_answer(code: str, release: Path) -> str:
    """A Markdown table, numbers to the right."""
    with duckdb.connect(config={"file_search_path": str(release), "threads": 1}) as connection:
        found = connection.sql(code)
        header = found.columns
        numbers = [str(kind) not in ("VARCHAR", "BOOLEAN") for kind in found.types]
        rows = found.fetchall()
    lines = [header, ["--:" if number else "---" for number in numbers], *[[_shown(v) for v in row] for row in rows]]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)


def _shown(value: object) -> str:
    return "" if value is None else str(value)


def python_answer(code: str, release: Path) -> str:
    printed = io.StringIO()
    before = Path.cwd()
    os.chdir(release)
    try:
        with contextlib.redirect_stdout(printed):
            exec(compile(code, "example", "exec"), {})
    finally:
        os.chdir(before)
    return printed.getvalue()


def write_answers(release: Path) -> None:
    """Put what the examples give now into the pages: `python tests/docs/documented.py RELEASE`."""
    for page in sorted(USING.glob("*.md")):
        text = page.read_text(encoding="utf-8")
        for example in reversed(list(_of(page))):
            if example.language == "r":
                continue
            found = list(BLOCK.finditer(text))[example.number - 1]
            block = f"```{example.language}\n{example.code}```\n\n{answer(example, release)}"
            text = text[: found.start()] + block + text[found.end() :]
        page.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write_answers(Path(sys.argv[1]).resolve())
