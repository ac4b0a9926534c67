r"""What a stored number prints: number formats as ECMA-376 part 1, 18.8.31 has them, for exact decimals.

Formats are those of Excel, WPS and LibreOffice: sections for positive, negative, zero and text, `0 # ?`, thousands,
scaling commas, per cent, literals (`"…"`, `\x`, `!x`), colours, conditions, dates.
"""

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NamedTuple

SIGNIFICANT = 15
"""A double holds so many decimal digits for certain; what lies behind them is no part of the number."""
GENERAL_WIDTH = 11
"""`General` prints no more characters than so many, the point included."""
BEGINS = datetime(1899, 12, 30)
"""Day 0 of the dates of a workbook; those of the 1904 system are moved there by their reader."""

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|_.|\*.|\[(?P<bracket>[^\]]*)\]|(?P<general>General|G/通用格式)'
    r"|(?P<digit>[0#?])|(?P<point>\.)|(?P<comma>,)|(?P<percent>%)|(?P<exp>[Ee][+-])|(?P<date>[yYmMdDhHsS]+|AM/PM|上午/下午)"
    r"|(?P<text>@)|(?P<other>.)",
    re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?[\d.]+)")
_COLOUR = re.compile(r"Red|红色?|Color ?\d+|颜色 ?\d+", re.IGNORECASE)
SIGNS = "-－−(（△▲负"
"""What is printed before or round a negative number."""
_CURRENCY = re.compile(r"\$([^-]*)")


class Token(NamedTuple):
    """A piece of a format: what kind it is, and its text."""

    kind: str
    text: str


@lru_cache(maxsize=1024)
def sections_of(code: str) -> tuple[tuple[Token, ...], ...]:
    """The sections of a format, each as its pieces."""
    sections: list[list[Token]] = [[]]
    for match in _TOKEN.finditer(code):
        kind = match.lastgroup
        if kind == "other" and match["other"] == ";":
            sections.append([])
        elif kind is not None:
            sections[-1].append(Token(kind, match[kind]))
    return tuple(map(tuple, sections))


def printed_number(stored: Decimal, code: str) -> str:
    """The text that a number prints under a format; '' where its section prints nothing."""
    value = _significant(stored)
    sections = sections_of(code or "General")
    section, signed = _chosen(value, sections)
    kinds = {token.kind for token in section}
    if "date" in kinds and "digit" not in kinds:
        return _date(value, section)
    sign = "-" if signed else ""
    if Token("other", "/") in section and "digit" in kinds:  # a vulgar fraction
        return sign + general(abs(value))
    if "general" in kinds or "exp" in kinds or ("text" in kinds and "digit" not in kinds):
        return _around(section, sign + general(abs(value)))
    if "digit" not in kinds:
        return "".join(map(_literal, section)).strip()
    text = _digits(abs(value), section)
    return sign + text if any(c in "123456789" for c in text) else text


def general(value: Decimal) -> str:
    """A number as `General` prints it, but in full where a program would turn to powers of ten."""
    whole = len(str(abs(int(value)))) + (value < 0)
    decimals = max(GENERAL_WIDTH - 1 - whole, 0)
    rounded = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    text = f"{rounded:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def is_date(code: str) -> bool:
    """Whether a format prints dates."""
    kinds = {token.kind for token in sections_of(code)[0]}
    return "date" in kinds and "digit" not in kinds


def _significant(stored: Decimal) -> Decimal:
    if not stored:
        return Decimal(0)
    last = stored.adjusted() - SIGNIFICANT + 1
    exponent = stored.as_tuple().exponent
    return stored.quantize(Decimal(1).scaleb(last)) if isinstance(exponent, int) and exponent < last else stored


def _chosen(value: Decimal, sections: tuple[tuple[Token, ...], ...]) -> tuple[tuple[Token, ...], bool]:
    """The section that a number is printed by, and whether its sign is still to be printed.

    Red figures are negative ones: a text has no colour, so that they get the sign.
    """
    for section in sections:
        found = next((m for t in section if t.kind == "bracket" and (m := _CONDITION.match(t.text))), None)
        if found and _holds(value, found[1], Decimal(found[2])):
            return section, value < 0
    numeric = [s for s in sections[:3] if not any(t.kind == "bracket" and _CONDITION.match(t.text) for t in s)]
    if len(numeric) < len(sections[:3]):
        return (numeric[-1] if numeric else sections[0]), value < 0
    if value < 0 and len(numeric) > 1:
        return numeric[1], _told_by_colour(numeric[1])
    if not value and len(numeric) > 2:
        return numeric[2], False
    return numeric[0], value < 0


def _told_by_colour(section: tuple[Token, ...]) -> bool:
    """Whether a section for negative numbers shows by its colour alone that they are: 0.00;[Red]0.00."""
    coloured = any(token.kind == "bracket" and _COLOUR.fullmatch(token.text) for token in section)
    return coloured and not any(sign in _literal(token) for token in section for sign in SIGNS)


def _holds(value: Decimal, sign: str, other: Decimal) -> bool:
    if sign == "<>":
        return value != other
    return (value < other and "<" in sign) or (value > other and ">" in sign) or (value == other and "=" in sign)


def _literal(token: Token) -> str:
    if token.kind in ("quoted", "escaped", "other", "percent"):
        return token.text
    if token.kind == "bracket" and (currency := _CURRENCY.match(token.text)):
        return currency[1]
    return ""


def _around(section: tuple[Token, ...], number: str) -> str:
    """A number in the place of `General` among literals."""
    taken = False
    text = ""
    for token in section:
        if token.kind in ("general", "text") or (token.kind in ("digit", "exp", "point") and not taken):
            text += "" if taken else number
            taken = True
        else:
            text += _literal(token)
    return text.strip()


def _digits(value: Decimal, section: tuple[Token, ...]) -> str:
    """A number's digits in their places."""
    kinds = [token.kind for token in section]
    last = len(kinds) - 1 - kinds[::-1].index("digit")
    point = kinds.index("point") if "point" in kinds else len(kinds)
    whole = [at for at, kind in enumerate(kinds) if kind == "digit" and at < point]
    broken = [at for at, kind in enumerate(kinds) if kind == "digit" and at > point]
    commas = [at for at, kind in enumerate(kinds) if kind == "comma"]
    end = max([*whole, -1])
    scaled = sum(at > last or end < at < point for at in commas)
    grouped = any(at < end for at in commas)
    value = value.scaleb(2 * kinds.count("percent") - 3 * scaled)
    rounded = value.quantize(Decimal(1).scaleb(-len(broken)), ROUND_HALF_UP)
    units, _, fraction = f"{rounded:f}".partition(".")
    pieces = _filled(section, whole, "" if units == "0" else units, grouped=grouped)
    pieces |= _behind(section, broken, fraction)
    bare = point < len(kinds) and not any(pieces[at].strip() for at in broken)
    if point < len(kinds):
        pieces[point] = "" if bare else "."
    return "".join(pieces.get(at, _literal(token)) for at, token in enumerate(section)).strip()


def _filled(section: tuple[Token, ...], places: list[int], units: str, *, grouped: bool) -> dict[int, str]:
    """The digits before the point by place, from the right; the first place takes all that are left."""
    pieces: dict[int, str] = {}
    done = 0
    for at in reversed(places):
        count = max(len(units) - done, 1) if at == places[0] else 1
        own = ""
        for _ in range(count):
            digit = units[-1 - done] if done < len(units) else {"0": "0", "?": " "}.get(section[at].text, "")
            parted = grouped and done and done % 3 == 0 and digit.isdigit()
            own = f"{digit},{own}" if parted else digit + own
            done += 1
        pieces[at] = own
    return pieces


def _behind(section: tuple[Token, ...], places: list[int], fraction: str) -> dict[int, str]:
    """The digits behind the point by place; `#` and `?` print no zeros at the end."""
    pieces: dict[int, str] = {}
    needed = max((k for k, at in enumerate(places) if section[at].text == "0" or fraction[k] != "0"), default=-1)
    for k, at in enumerate(places):
        pieces[at] = fraction[k] if k <= needed else {"?": " "}.get(section[at].text, "")
    return pieces


def _date(value: Decimal, section: tuple[Token, ...]) -> str:
    """A date as far as its format goes, in one manner: 2024年3月1日, or 2024-03-01."""
    try:
        day = BEGINS + timedelta(days=float(value))
    except OverflowError:
        return general(value)
    letters = {token.text[0].lower() for token in section if token.kind == "date"}
    if not letters & set("yd"):
        return f"{day:%H:%M}"
    if any("年" in token.text for token in section):
        parts = [f"{day.year}年", f"{day.month}月" if "m" in letters else "", f"{day.day}日" if "d" in letters else ""]
        return "".join(parts)
    return f"{day:%Y-%m-%d}" if "d" in letters else f"{day:%Y-%m}"
