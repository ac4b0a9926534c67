"""Ways to damage a PDF: what its pages draw, what its fonts say, its objects."""

import io
import random
import re
from collections.abc import Callable

import pikepdf

from benchmarks.mutants.of_bytes import MOST

_CODE = re.compile(rb"<([0-9A-Fa-f]{4,})>")
_FIGURE = re.compile(rb"\((?:[^()\\]|\\.)*\d(?:[^()\\]|\\.)*\)")
_NUMBER = re.compile(rb"(?<![\w.<])-?\d+(?:\.\d+)?(?=\s)")
_TARGET = re.compile(rb"(<[0-9A-Fa-f]{2,4}>\s*)<00([0-9A-Fa-f]{2})>(?=\s*[\r\n<])")


def _saved(pdf: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(out, static_id=True)
    return out.getvalue()


def _changed_page(data: bytes, choice: random.Random, change: Callable[[bytes], bytes]) -> bytes:
    """The file with one page's content changed."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        page = choice.choice(list(pdf.pages))
        page.contents_coalesce()
        if "/Contents" in page:
            page.Contents.write(change(page.Contents.read_bytes()))
        return _saved(pdf)


def _some(pattern: re.Pattern[bytes], text: bytes, choice: random.Random, change: Callable[[bytes], bytes]) -> bytes:
    """The text with some of the matches changed."""
    found = list(pattern.finditer(text))
    for match in sorted(choice.sample(found, min(len(found), choice.randint(1, MOST))), key=lambda m: -m.start()):
        text = text[: match.start()] + change(match[0]) + text[match.end() :]
    return text


def content_digits(data: bytes, choice: random.Random) -> bytes:
    """Other glyphs drawn: digits of strings, or one code of a page for another."""

    def change(content: bytes) -> bytes:
        codes = _CODE.findall(content)
        if not codes:
            return _some(_FIGURE, content, choice, _other_digit)
        return _some(_CODE, content, choice, lambda code: _other_code(code, choice.choice(codes)))

    def _other_digit(text: bytes) -> bytes:
        at = choice.choice([at for at, sign in enumerate(text) if chr(sign).isdigit()])
        return text[:at] + str(choice.randrange(10)).encode() + text[at + 1 :]

    def _other_code(code: bytes, other: bytes) -> bytes:
        at = 1 + 4 * choice.randrange((len(code) - 2) // 4)
        return code[:at] + other[:4] + code[at + 4 :]

    return _changed_page(data, choice, change)


def content_lost(data: bytes, choice: random.Random) -> bytes:
    """A stretch of a page's content left out, or the end of it."""

    def change(content: bytes) -> bytes:
        at = choice.randrange(len(content) + 1)
        return content[:at] + content[at + choice.choice((1, 20, 400, len(content))) :]

    return _changed_page(data, choice, change)


def numbers(data: bytes, choice: random.Random) -> bytes:
    """Coordinates, matrices, sizes: negative, nothing, a thousand times as much."""
    return _changed_page(
        data,
        choice,
        lambda content: _some(
            _NUMBER, content, choice, lambda number: choice.choice((b"0", b"-" + number, number + b"000", b"1e9", b"7"))
        ),
    )


def unicode_map(data: bytes, choice: random.Random) -> bytes:
    """Fonts' maps to Unicode: what a glyph is said to be is another digit, sign or letter."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        maps = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/ToUnicode" in item]
        fonts = [item for item in maps if isinstance(item.ToUnicode, pikepdf.Stream)]
        for font in choice.sample(fonts, min(len(fonts), choice.randint(1, MOST))):
            font.ToUnicode.write(_some(_TARGET, font.ToUnicode.read_bytes(), choice, lambda m: _retold(m, choice)))
        return _saved(pdf)


def _retold(entry: bytes, choice: random.Random) -> bytes:
    at = entry.rindex(b"<")
    return entry[:at] + b"<00%02X>" % ord(choice.choice("0123456789.,-  x"))


def digit_permutation(data: bytes, choice: random.Random) -> bytes:
    """All maps to Unicode with the same digits exchanged, as a careless producer does."""
    order = list("0123456789")
    first, second = choice.sample(range(10), 2)
    order[first], order[second] = order[second], order[first]

    def told(match: re.Match[bytes]) -> bytes:
        value = int(match[2], 16) - 0x30
        return match[1] + (b"<00%02X>" % ord(order[value]) if 0 <= value <= 9 else b"<00" + match[2] + b">")

    with pikepdf.open(io.BytesIO(data)) as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and isinstance(item.get("/ToUnicode"), pikepdf.Stream):
                item.ToUnicode.write(_TARGET.sub(told, item.ToUnicode.read_bytes()))
        return _saved(pdf)


def pages(data: bytes, choice: random.Random) -> bytes:
    """Pages exchanged, doubled, left out."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        first, second = (choice.randrange(len(pdf.pages)) for _ in range(2))
        what = choice.choice(("exchanged", "doubled", "left out"))
        if what == "exchanged":
            one, other = pdf.pages[first], pdf.pages[second]
            pdf.pages.insert(first, other)
            pdf.pages.insert(second, one)
        elif what == "doubled":
            pdf.pages.insert(second, pdf.pages[first])
        elif len(pdf.pages) > 1:
            del pdf.pages[first]
        return _saved(pdf)


def objects(data: bytes, choice: random.Random) -> bytes:
    """An entry of one object in place of another's, or a page's content drawn twice."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        if choice.random() < 0.3:
            page = choice.choice(list(pdf.pages))
            page.contents_coalesce()
            page.Contents.write(page.Contents.read_bytes() * 2)
            return _saved(pdf)
        own = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and len(item.keys()) > 2]
        for _ in range(choice.randint(1, MOST)):
            one, other = choice.choice(own), choice.choice(own)
            name = choice.choice(sorted(one.keys()))
            if name in other and not isinstance(one, pikepdf.Stream):
                one[name] = other[name]
            elif name not in {"/Length", "/Type", "/Kids", "/Parent"}:
                del one[name]
        return _saved(pdf)
