"""Pictures as PDFs carry them: every kind of compression and colour is read, and what cannot be is refused by name."""

import io
import struct
from collections.abc import Callable

import cv2
import pikepdf
import pytest
from PIL import Image

from extractors.pages.errors import PictureUnreadableError
from extractors.pages.pdfium import hidden_words, open_pdf
from extractors.pages.picture import prepared, read_picture
from extractors.tables.layout import layout_of
from schemas.records import Box
from tests.extractors.pages.picture.sheets import DPI, Picture, image_facts, show, table

ROWS = [["项目", "决算数"], ["教育支出", "98,765,432.10"], ["科学技术支出", "388.07"]]
ONE_BIT = {"/BitsPerComponent": 1, "/ColorSpace": pikepdf.Name.DeviceGray}
Facts = dict[str, object]


def grey(picture: Picture) -> Image.Image:
    return Image.fromarray(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY))


def one_bit(picture: Picture) -> Image.Image:
    return grey(picture).point(lambda level: 255 * (level > 128)).convert("1")


def jpeg2000(picture: Picture) -> tuple[bytes, Facts]:
    buffer = io.BytesIO()
    grey(picture).convert("RGB").save(buffer, "JPEG2000")
    return buffer.getvalue(), {"/Filter": pikepdf.Name.JPXDecode}


def group4(picture: Picture) -> bytes:
    """The picture as a fax machine codes it (ITU-T T.6), taken out of a TIFF of one strip."""
    buffer = io.BytesIO()
    bits = one_bit(picture)
    bits.save(buffer, "TIFF", compression="group4", strip_size=bits.width * bits.height)
    with Image.open(buffer) as tiff:
        offsets, counts, inverted = tiff.tag_v2[273], tiff.tag_v2[279], tiff.tag_v2[262]
    assert (len(offsets), inverted) == (1, 1)
    return buffer.getvalue()[offsets[0] : offsets[0] + counts[0]]


def ccitt(picture: Picture) -> tuple[bytes, Facts]:
    height, width = picture.shape[:2]
    parms = pikepdf.Dictionary(K=-1, Columns=width, Rows=height, BlackIs1=True)
    return group4(picture), {**ONE_BIT, "/Filter": pikepdf.Name.CCITTFaxDecode, "/DecodeParms": parms}


def jbig2(picture: Picture) -> tuple[bytes, Facts]:
    """The picture as one generic region coded by MMR (ITU-T T.88, 7.4.6 and 6.2.6)."""
    height, width = picture.shape[:2]
    page = struct.pack(">IIIIBH", width, height, 0, 0, 0, 0)
    region = struct.pack(">IIIIBB", width, height, 0, 0, 0, 1) + group4(cv2.bitwise_not(picture))
    segments = [segment(0, 48, page), segment(1, 38, region)]
    return b"".join(segments), {**ONE_BIT, "/Filter": pikepdf.Name.JBIG2Decode}


def segment(number: int, kind: int, data: bytes) -> bytes:
    return struct.pack(">IBBBI", number, kind, 0, 1, len(data)) + data


def raw_bits(picture: Picture) -> tuple[bytes, Facts]:
    return one_bit(picture).tobytes(), ONE_BIT


def palette(picture: Picture) -> tuple[bytes, Facts]:
    indexed = grey(picture).convert("P", palette=Image.Palette.ADAPTIVE, colors=16)
    lookup = pikepdf.String(bytes(indexed.getpalette()[:48]).ljust(48, b"\0"))
    space = pikepdf.Array([pikepdf.Name.Indexed, pikepdf.Name.DeviceRGB, 15, lookup])
    return indexed.tobytes(), {"/ColorSpace": space}


def cmyk_jpeg(picture: Picture) -> tuple[bytes, Facts]:
    buffer = io.BytesIO()
    grey(picture).convert("RGB").convert("CMYK").save(buffer, "JPEG", quality=90)
    inverted = pikepdf.Array([1, 0] * 4)  # as Adobe's and Pillow's CMYK JPEGs are
    space = pikepdf.Name.DeviceCMYK
    return buffer.getvalue(), {"/Filter": pikepdf.Name.DCTDecode, "/ColorSpace": space, "/Decode": inverted}


def written(path, picture: Picture, data: bytes, facts: Facts):
    height, width = picture.shape[:2]
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(width * 72 / DPI, height * 72 / DPI))
        show(pdf, page, pikepdf.Stream(pdf, data, image_facts(width, height) | facts))
        pdf.save(path)
    return path


@pytest.mark.parametrize("kind", [jpeg2000, ccitt, jbig2, raw_bits, palette, cmyk_jpeg])
def test_every_kind_of_picture_is_read(tmp_path, kind: Callable[[Picture], tuple[bytes, Facts]]) -> None:
    picture = table(ROWS)
    path = written(tmp_path / "scan.pdf", picture, *kind(picture))
    with open_pdf(path) as document:
        (found,) = layout_of(read_picture(document, 1)).tables
    assert [[cell.text for cell in found.cells if cell.row == row] for row in (1, 2, 3)] == ROWS


@pytest.mark.parametrize("kind", [jpeg2000, jbig2, cmyk_jpeg])
def test_a_picture_that_cannot_be_decoded_is_refused_by_name(tmp_path, kind) -> None:
    picture = table(ROWS)
    data, facts = kind(picture)
    path = written(tmp_path / "broken.pdf", picture, b"\0" * len(data), facts)
    with open_pdf(path) as document, pytest.raises(PictureUnreadableError, match="page 1"):
        read_picture(document, 1)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_hidden_layer_is_laid_over_the_upright_page(tmp_path, turn: int) -> None:
    picture = table(ROWS)
    height = picture.shape[0]
    path = written(tmp_path / "layer.pdf", picture, picture.tobytes(), {})
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0]
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Courier)
        page.Resources.Font = pikepdf.Dictionary(F=font)
        at = (412 * 72 / DPI, (height - 236) * 72 / DPI)
        page.contents_add(f"BT 3 Tr /F 8 Tf {at[0]:.2f} {at[1]:.2f} Td (98,765,432.10) Tj ET".encode())
        page.rotate(turn, relative=True)
        pdf.save(path)
    with open_pdf(path) as document:
        upright = prepared(document, 1)
        words = upright.placed(hidden_words(document, 1))
    cell = Box(*(side * 72 / DPI for side in (400, 200, 700, 250)))
    assert "".join(word.text for word in words) == "98,765,432.10"
    assert all(cell.contains(word.box.cx, word.box.cy) for word in words)
    assert upright.turn == (360 - turn) % 360
