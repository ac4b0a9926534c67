"""Ways to damage what is written in marks: a web page, or the XML parts of a package (OOXML, ODF, OFD)."""

import io
import random
import re
import warnings
import zipfile
from collections.abc import Callable

from benchmarks.mutants.of_bytes import MOST, flipped

_SET = re.compile(rb'(?<==")[^"<>]{1,40}(?=")|(?<=>)[^<>]{1,60}(?=<)')
"""The value of an attribute, or a text."""
_FIGURE = re.compile(rb"(?<=[\">])-?\d+(?:\.\d+)?(?=[\"<])")
_BEGINS = re.compile(rb"<([A-Za-z][\w:]*)(?:\s[^<>]*)?>")
LARGE = (b"0", b"-1", b"65535", b"1048576", b"2147483648", b"99999999999999999999", b"1e308", b"NaN")
DEEP = (3, 50, 2000)


def figures(data: bytes, choice: random.Random) -> bytes:
    """Figures in attributes and texts: negative, none, as large as a field takes, and larger."""
    return _some(_FIGURE, data, choice, lambda own: choice.choice((*LARGE, b"-" + own, own + b"000")))


def exchanged(data: bytes, choice: random.Random) -> bytes:
    """Values and texts in one another's place."""
    found = _SET.findall(data)
    return _some(_SET, data, choice, lambda _: choice.choice(found)) if found else data


def elements(data: bytes, choice: random.Random) -> bytes:
    """Elements left out, doubled, begun many times within one another."""
    found = list(_BEGINS.finditer(data))
    if not found:
        return data
    for _ in range(choice.randint(1, MOST)):
        begin = choice.choice(found)
        end = data.find(b"</" + begin[1] + b">", begin.end())
        whole = data[begin.start() : end + len(begin[1]) + 3] if end >= 0 else begin[0]
        what = choice.choice(("left out", "doubled", "within", "not ended"))
        if what == "left out":
            data = data.replace(whole, b"", 1)
        elif what == "doubled":
            data = data.replace(whole, whole * choice.choice((2, 100)), 1)
        elif what == "within":
            data = data.replace(begin[0], begin[0] * choice.choice(DEEP), 1)
        else:
            data = data.replace(begin[0], b"", 1)
    return data


def in_a_part(change: Callable[[bytes, random.Random], bytes]) -> Callable[[bytes, random.Random], bytes]:
    """The same damage within one part of a package, the parts that hold most of it more often."""

    def damaged(data: bytes, choice: random.Random) -> bytes:
        parts = _parts(data)
        (chosen,) = choice.choices(range(len(parts)), [len(own) ** 0.5 + 1 for _, own in parts])
        name, own = parts[chosen]
        parts[chosen] = (name, change(own, choice))
        return _package(parts)

    return damaged


part_bytes = in_a_part(flipped)


def parts(data: bytes, choice: random.Random) -> bytes:
    """Parts left out, in one another's place, or there twice."""
    own = _parts(data)
    for _ in range(choice.randint(1, MOST)):
        first, second = choice.randrange(len(own)), choice.randrange(len(own))
        what = choice.choice(("left out", "exchanged", "twice"))
        if what == "left out" and len(own) > 1:
            del own[first]
        elif what == "exchanged":
            own[first], own[second] = (own[first][0], own[second][1]), (own[second][0], own[first][1])
        else:
            own.append((own[first][0], own[second][1]))
    return _package(own)


def _some(pattern: re.Pattern[bytes], data: bytes, choice: random.Random, change: Callable[[bytes], bytes]) -> bytes:
    found = list(pattern.finditer(data))
    for match in sorted(choice.sample(found, min(len(found), choice.randint(1, MOST))), key=lambda m: -m.start()):
        data = data[: match.start()] + change(match[0]) + data[match.end() :]
    return data


def _parts(data: bytes) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        return [(name, opened.read(name)) for name in opened.namelist()]


def _package(own: list[tuple[str, bytes]]) -> bytes:
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as opened:
        warnings.simplefilter("ignore")  # parts of one name are what is asked for
        for name, content in own:
            opened.writestr(name, content)
    return out.getvalue()
