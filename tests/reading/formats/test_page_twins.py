"""Papers as OFD and as pictures: pages of words and rules, or of pixels, in another wrapping."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from conftest import paper_of
from PIL import Image, TiffImagePlugin
from same_items import assert_same

from extractors.pages.picture_files import write_as_pdf
from reading.document import read_document
from reading.rendered.rendering import as_pages
from samples.layout import LAYOUTS
from samples.twins.ofd import write_ofd, write_scanned_ofd
from samples.typeset import typeset
from samples.typesetting.flow import compose
from schemas.records import Reading
from tests.kinds import one_in, thorough


@pytest.mark.parametrize("layout", one_in(4, [*LAYOUTS], 2))
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


def on_a4(picture: Image.Image) -> Image.Image:
    """A landscape page in the middle of an upright sheet's width."""
    sheet = Image.new("L", (1654, 2339), 255)
    sheet.paste(picture.resize((1654, round(picture.height * 1654 / picture.width))), (0, 200))
    return sheet


def strips(picture: Image.Image, count: int) -> list[Image.Image]:
    height = picture.height // count
    return [picture.crop((0, at * height, picture.width, (at + 1) * height)) for at in range(count)]


@pytest.fixture(scope="module")
def scanned(pictures: list[Image.Image]) -> Image.Image:
    return on_a4(pictures[0])


@pytest.fixture(scope="module")
def read_as_picture(scanned: Image.Image, tmp_path_factory: pytest.TempPathFactory) -> Reading:
    path = tmp_path_factory.mktemp("picture") / "2024年部门预算.png"
    scanned.save(path, dpi=(200, 200))
    return read_document(path)


@pytest.mark.parametrize(
    ("count", "kind"),
    [(1, "JPEG"), pytest.param(3, "PNG", marks=thorough), pytest.param(1, "BMP", marks=thorough)],
)
def test_a_scanned_ofd_is_read_from_its_pictures(
    count: int, kind: str, scanned: Image.Image, read_as_picture: Reading, tmp_path: Path
) -> None:
    path = tmp_path / "2024年部门预算.ofd"
    write_scanned_ofd([strips(scanned, count)], path, kind=kind)
    reading = read_document(path)
    assert (reading.document.format, reading.document.has_text_layer) == ("ofd", False)
    assert len(reading.line_items) == len(read_as_picture.line_items) == 16
    assert [item.amount for item in reading.line_items] == [item.amount for item in read_as_picture.line_items]
    with as_pages(path, "ofd") as shown:
        assert shown is not None
        assert shown.same


def test_text_that_a_scanner_laid_over_a_scanned_ofd_is_not_believed(scanned: Image.Image, tmp_path: Path) -> None:
    path = tmp_path / "2024年部门预算.ofd"
    pdf = tmp_path / "a.pdf"
    paper = paper_of("hunan")
    typeset(paper, LAYOUTS["hunan"], pdf)
    sheets, _ = compose(paper, LAYOUTS["hunan"])
    upright = next(sheet for sheet in sheets if sheet.width < sheet.height and len(sheet.marks) > 30)
    picture = pypdfium2.PdfDocument(pdf)[upright.number - 1].render(scale=200 / 72).to_pil().convert("L")
    write_scanned_ofd([[picture]], path, over=[upright])
    reading = read_document(path)
    assert {item.reader for item in reading.line_items} <= {"rapidocr"}
    assert "page_read_from_picture" in {finding.code for finding in reading.findings}


def test_a_page_of_an_ofd_without_its_picture_is_named_and_the_others_read(
    scanned: Image.Image, tmp_path: Path
) -> None:
    path = tmp_path / "2024年部门预算.ofd"
    write_scanned_ofd([[scanned], [scanned]], path)
    without(path, "Doc_0/Res/1_0.bin")
    reading = read_document(path)
    assert reading.document.status == "needs_ocr"
    assert [(f.code, f.page) for f in reading.findings if f.code == "page_needs_ocr"] == [("page_needs_ocr", 2)]
    assert len(reading.line_items) == 16
    without(path, "Doc_0/Res/0_0.bin")
    assert (read_document(path).document.status_reason or "").startswith("picture_unreadable")


def without(path: Path, part: str) -> None:
    with zipfile.ZipFile(path) as package:
        left = {name: package.read(name) for name in package.namelist() if name != part}
    with zipfile.ZipFile(path, "w") as package:
        for name, own in left.items():
            package.writestr(name, own)


def pages_of(path: Path, tmp_path: Path) -> list[tuple[float, float]]:
    pdf = tmp_path / "made.pdf"
    write_as_pdf(path, pdf)
    return [page.get_size() for page in pypdfium2.PdfDocument(pdf)]


def test_a_coarse_fax_is_as_high_as_its_sheet(tmp_path: Path) -> None:
    fax = Image.new("1", (1728, 1078), 1)
    fax.save(tmp_path / "fax.tif", dpi=(204, 98), compression="group4")
    assert pages_of(tmp_path / "fax.tif", tmp_path) == [pytest.approx((610, 792), abs=1)]
    turned = Image.Exif()
    turned[274] = 6
    fax.convert("L").save(tmp_path / "fax.jpg", dpi=(204, 98), exif=turned)
    assert pages_of(tmp_path / "fax.jpg", tmp_path) == [pytest.approx((792, 610), abs=1)]


def test_small_copies_beside_a_page_are_no_pages(pictures: list[Image.Image], tmp_path: Path) -> None:
    small = pictures[0].resize((200, 150))
    info = TiffImagePlugin.ImageFileDirectory_v2()
    info[254] = 1
    vars(small)["encoderinfo"] = {"tiffinfo": info}  # what Pillow writes an appended picture with
    pictures[0].save(tmp_path / "a.tif", save_all=True, append_images=[small], dpi=(200, 200))
    assert len(pages_of(tmp_path / "a.tif", tmp_path)) == 1
    pictures[0].save(tmp_path / "a.mpo", format="MPO", save_all=True, append_images=[small])
    assert len(pages_of(tmp_path / "a.mpo", tmp_path)) == 1


@pytest.mark.parametrize("kind", ["png", "tif"])
def test_grey_in_65536_levels_keeps_its_ink(kind: str, pictures: list[Image.Image], tmp_path: Path) -> None:
    deep = Image.fromarray(np.asarray(pictures[0], dtype=np.uint16) * 257)
    deep.save(tmp_path / f"a.{kind}")
    pdf = tmp_path / "made.pdf"
    write_as_pdf(tmp_path / f"a.{kind}", pdf)
    shown = np.asarray(pypdfium2.PdfDocument(pdf)[0].render(scale=1).to_pil().convert("L"))
    assert 0.005 < float((shown < 128).mean()) < 0.5
