"""Cut the sample papers' font out of WenQuanYi Micro Hei; run once, its result is committed beside it.

The sources are named in NOTICE.md. fontTools is needed for this one step alone and is no dependency of the project:

    uv run --with fonttools python samples/fonts/subset.py path/to/wqy-microhei.ttc
"""

import argparse
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

FOLDER = Path(__file__).parent
TARGET = FOLDER / "wqy-microhei-subset.ttf"
PROPORTIONAL_FACE = 0  # the collection's other face is monospaced, with narrow quotation marks
LICENCE_NAMES = (0, 1, 2, 3, 4, 5, 6, 13, 14)  # ids of the name table, copyright and licence among them


def gb2312_level_1() -> str:
    """List the 3,755 common characters: rows 16 to 55 of GB 2312, of which the last is not full."""
    codes = [(row, cell) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF) if (row, cell) <= (0xD7, 0xF9)]
    return "".join(bytes(code).decode("gb2312") for code in codes)


def characters() -> str:
    """All that the font must hold: ASCII, GB 2312 level 1 and the lines of characters.txt."""
    ascii_printable = "".join(map(chr, range(0x20, 0x7F)))
    lines = (FOLDER / "characters.txt").read_text(encoding="utf-8").splitlines()
    return ascii_printable + gb2312_level_1() + "".join(line for line in lines if not line.startswith("#"))


def cut(source: Path) -> None:
    """Write the subset of `source` (a TrueType collection) to `TARGET`, without hints and layout features."""
    font = TTFont(source, fontNumber=PROPORTIONAL_FACE, recalcTimestamp=False)
    wanted = characters()
    missing = [character for character in wanted if ord(character) not in font.getBestCmap()]
    if missing:
        raise SystemExit(f"{source} has no glyph for {''.join(missing)}")
    options = subset.Options(hinting=False, layout_features=[], name_IDs=list(LICENCE_NAMES), drop_tables=["FFTM"])
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=wanted)
    subsetter.subset(font)
    font.save(TARGET)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("source", type=Path)
    cut(arguments.parse_args().source)
