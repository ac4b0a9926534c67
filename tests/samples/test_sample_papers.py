"""The committed sample papers and the font they are set in."""

import ast
import csv
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pikepdf
import pytest
from reportlab.pdfbase.ttfonts import TTFontFile

from samples.papers import FOLDER, PAPERS, write_papers
from samples.typesetting.lettering import FONT_FILE

SAMPLES = FOLDER.parent


@pytest.fixture(scope="module")
def typeset_anew(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("papers")
    write_papers(folder)
    return folder


def contents(path: Path) -> list[object]:
    """All objects of a PDF with their streams unpacked: what does not depend on the version of zlib."""
    with pikepdf.open(path) as pdf:
        return [unpacked(item) for item in pdf.objects]


def unpacked(item: pikepdf.Object) -> object:
    if not isinstance(item, pikepdf.Stream):
        return repr(item)
    return {key: repr(value) for key, value in item.items() if key not in ("/Length", "/Length1")}, item.read_bytes()


@pytest.mark.parametrize("name", PAPERS)
def test_the_committed_paper_is_what_the_generator_makes(name: str, typeset_anew: Path) -> None:
    assert contents(FOLDER / f"{name}.pdf") == contents(typeset_anew / f"{name}.pdf")
    committed = (FOLDER / f"{name}.csv").read_text(encoding="utf-8")
    assert committed == (typeset_anew / f"{name}.csv").read_text(encoding="utf-8")


def test_nothing_else_is_committed_and_all_of_it_is_small() -> None:
    pdfs = list(FOLDER.glob("*.pdf"))
    assert {path.stem for path in pdfs} == set(PAPERS)
    assert {path.stem for path in FOLDER.glob("*.csv")} == set(PAPERS)
    assert all(path.stat().st_size < 300_000 for path in pdfs)


def labelled(path: Path, keys: Sequence[str]) -> Counter[tuple[str | Decimal, ...]]:
    with path.open(encoding="utf-8", newline="") as file:
        return Counter(tuple(Decimal(r[k]) if k == "amount" else r[k] for k in keys) for r in csv.DictReader(file))


def test_zhuzhou_states_what_was_labelled_by_hand(shared: Path) -> None:
    name = "zhuzhou_union_2023_final.csv"
    # The hand-labelled truth leaves pages and the codes of the two 总表 blank and counts their rows in another way.
    keys = ("form", "side", "name", "measure", "amount", "printed", "unit")
    assert labelled(FOLDER / name, keys) == labelled(shared / "truth" / name, keys)
    with (shared / "truth" / name).open(encoding="utf-8", newline="") as file:
        coded = Counter[tuple[str | Decimal, ...]]((r["form"], r["code"]) for r in csv.DictReader(file) if r["code"])
    ours = labelled(FOLDER / name, ("form", "code"))
    assert coded == Counter({key: n for key, n in ours.items() if key[1] and "summary" not in str(key[0])})


def test_the_font_has_all_that_the_samples_print() -> None:
    font = TTFontFile(FONT_FILE)
    texts = [path.read_text(encoding="utf-8") for path in SAMPLES.rglob("*") if path.suffix in (".py", ".yaml", ".csv")]
    texts.append((SAMPLES / "fonts" / "characters.txt").read_text(encoding="utf-8"))
    printed = {character for text in texts for character in text if character > " " and not "─" <= character <= "▶"}
    assert not {character for character in printed if ord(character) not in font.charToGlyph}
    assert FONT_FILE.stat().st_size < 1_600_000


@pytest.mark.parametrize("path", sorted(SAMPLES.rglob("*.py")), ids=lambda path: str(path.relative_to(SAMPLES)))
def test_no_sample_can_learn_from_the_readers(path: Path) -> None:
    imported: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            imported.add(node.module.split(".")[0])
    assert not imported & {"extractors", "checks", "publish", "flows", "crawlers"}
