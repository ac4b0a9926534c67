"""PDFs that are awkward on purpose: each function writes one and returns its path."""

import zlib
from collections.abc import Mapping
from pathlib import Path

import pikepdf

TEN_METRES = 28_346.0
"""In points."""
FORM = b"/Type /XObject /Subtype /Form /BBox [0 0 595 842]"


def text_named_pdf(path: Path) -> Path:
    path.write_text("404 Not Found 您访问的页面不存在", encoding="utf-8")
    return path


def empty(path: Path) -> Path:
    path.write_bytes(b"")
    return path


def blank(path: Path, pages: int = 1, side: float = 595.0) -> Path:
    kids = b" ".join(b"%d 0 R" % number for number in range(3, 3 + pages))
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %g 842] >>" % side
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, pages),
    }
    return written(path, objects | dict.fromkeys(range(3, 3 + pages), page))


def encrypted(path: Path) -> Path:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.save(path, encryption=pikepdf.Encryption(owner="owner", user="user"))
    return path


def cut_short(whole: Path, path: Path) -> Path:
    data = whole.read_bytes()
    path.write_bytes(data[: len(data) // 3])
    return path


def page_tree_in_a_circle(path: Path) -> Path:
    return written(
        path,
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Kids [3 0 R] /Count 3 >>",
            3: b"<< /Type /Pages /Parent 2 0 R /Kids [2 0 R 3 0 R] /Count 3 >>",
        },
    )


def page_count_that_lies(path: Path) -> Path:
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1900000000 >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
    }
    return written(path, objects)


def form_within_itself(path: Path) -> Path:
    form = FORM + b" /Resources << /XObject << /X 5 0 R >> >>"
    return written(path, one_page(b"/X Do", b"<< /XObject << /X 5 0 R >> >>") | {5: stream(b"/X Do /X Do", form)})


def forms_nested_without_end(path: Path, levels: int = 40) -> Path:
    """Each form draws the next one ten times: 10 ** levels drawings."""
    forms = {
        number: stream(
            b"/X Do " * 10,
            FORM + b" /Resources << /XObject << /X %d 0 R >> >>" % (number + 1),
        )
        for number in range(5, 5 + levels)
    }
    last = {5 + levels: stream(b"0 0 1 1 re f", FORM)}
    return written(path, one_page(b"/X Do", b"<< /XObject << /X 5 0 R >> >>") | forms | last)


def object_stream_in_itself(path: Path) -> Path:
    """The page tree is said to be in an object stream that is said to be in itself."""
    body = b"2 0 " + b"<< /Type /Pages /Kids [] /Count 0 >>"
    data = bytearray(b"%PDF-1.5\n")
    catalog_at = len(data)
    data += b"1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
    data += b"3 0 obj\n" + stream(body, b"/Type /ObjStm /N 1 /First 4 /Extends 3 0 R") + b"\nendobj\n"
    xref_at = len(data)
    entries = [(0, 0, 255), (1, catalog_at, 0), (2, 3, 0), (2, 3, 0), (1, xref_at, 0)]
    table = b"".join(bytes([kind]) + place.to_bytes(4, "big") + bytes([last]) for kind, place, last in entries)
    data += b"4 0 obj\n" + stream(table, b"/Type /XRef /W [1 4 1] /Size 5 /Root 1 0 R") + b"\nendobj\n"
    data += b"startxref\n%d\n%%%%EOF\n" % xref_at
    path.write_bytes(bytes(data))
    return path


def length_in_a_circle(path: Path) -> Path:
    objects = one_page(b"", b"<< >>")
    objects[4] = b"<< /Length 4 0 R >>\nstream\n0 0 1 1 re f\nendstream"
    return written(path, objects)


def bomb(path: Path, mebibytes: int) -> Path:
    """A page whose drawing is `mebibytes` long and deflates a thousandfold."""
    inflated = b"0 0 1 1 re f\n" * (mebibytes * 2**20 // 13)
    return written(path, one_page(b"", b"<< >>") | {4: stream(zlib.compress(inflated, 9), b"/Filter /FlateDecode")})


def one_page(content: bytes, resources: bytes) -> dict[int, bytes]:
    """Objects 1 to 4: a document of a page."""
    return {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources " + resources + b" >>",
        4: stream(content),
    }


def stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), entries, content)


def written(path: Path, objects: Mapping[int, bytes]) -> Path:
    """A file of these objects with a classic cross-reference table."""
    data = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, body in sorted(objects.items()):
        places[number] = len(data)
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table_at, size = len(data), max(objects) + 1
    data += b"xref\n0 %d\n0000000000 65535 f \n" % size
    data += b"".join(b"%010d 00000 n \n" % places.get(number, 0) for number in range(1, size))
    data += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, table_at)
    path.write_bytes(bytes(data))
    return path
