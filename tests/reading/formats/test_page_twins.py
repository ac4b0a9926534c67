"""Papers as OFD and as pictures: pages of words and rules, or of pixels, in another wrapping."""

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from conftest import paper_of
from PIL import Image
from same_items import assert_same

from extractors.pages.picture_files import write_as_pdf
from reading.document import read_document
from samples.layout import LAYOUTS
from samples.twins.ofd import write_ofd
from samples.typeset import typeset
from schemas.records import Reading


@pytest.mark.parametrize("layout", LAYOUTS)
def test_an_ofd_gives_the_line_items_of_its_pdf(layout: str, of_pdf: Callable[[str], Reading], tmp_path: Path) -> None:
    path = tmp_path / "部门文件.ofd"
    write_ofd(paper_of(layout), LAYOUTS[layout], path)
    twin = read_document(path)
    assert (twin.document.format, twin.document.page_count) == ("ofd", of_pdf(layout).document.page_count)
    assert_same(twin, of_pdf(layout), layout)


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> list[Image.Image]:
    """Two pages of forms as a scanner would give them."""
    pdf = tmp_path_factory.mktemp("pdf") / "a.pdf"
    typeset(paper_of("hunan"), LAYOUTS["hunan"], pdf)
    document = pypdfium2.PdfDocument(pdf)
    return [document[at].render(scale=200 / 72).to_pil().convert("L") for at in (2, 3)]


@pytest.mark.parametrize("kind", ["png", "jpg", "tif"])
def test_a_picture_is_pages_of_its_size(kind: str, pictures: list[Image.Image], tmp_path: Path) -> None:
    path, pdf = tmp_path / f"a.{kind}", tmp_path / "a.pdf"
    more = {"save_all": True, "append_images": pictures[1:]} if kind == "tif" else {}
    pictures[0].save(path, dpi=(200, 200), **more)
    write_as_pdf(path, pdf)
    document = pypdfium2.PdfDocument(pdf)
    assert len(document) == (2 if kind == "tif" else 1)
    assert document[0].get_size() == pytest.approx([side * 72 / 200 for side in pictures[0].size], abs=0.5)


def test_a_picture_of_a_form_is_read(pictures: list[Image.Image], tmp_path: Path) -> None:
    path = tmp_path / "2024年部门预算.doc"
    pictures[0].save(path, "PNG", dpi=(200, 200))
    reading = read_document(path)
    assert reading.document.format == "picture"
    assert len(reading.line_items) == 16
    assert {item.reader for item in reading.line_items} == {"rapidocr"}


def test_half_a_picture_is_named(pictures: list[Image.Image], tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    pictures[0].save(path)
    path.write_bytes(path.read_bytes()[:5000])
    assert (read_document(path).document.status_reason or "").startswith("picture_unreadable")
