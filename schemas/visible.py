"""Text from outside as it may be shown and stored: what would steer a terminal or turn a line round is seen instead.

Control characters (ESC begins a terminal's commands, so does U+009B alone), the marks that turn the direction of
writing (a file's name can so hide its suffix) and lone halves of UTF-16 pairs become U+FFFD.
"""

import re

REPLACEMENT = "\ufffd"
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_LINE = re.compile("[\t\n\u2028\u2029]")


def visible(text: str) -> str:
    """`text` with U+FFFD for each character that steers; tabs and line feeds stay."""
    return _STEERING.sub(REPLACEMENT, text)


def visible_line(text: str) -> str:
    """`text` for a single line, such as a name: tabs and line ends are seen as well."""
    return _LINE.sub(REPLACEMENT, visible(text))


def escaped_json(text: str) -> str:
    r"""A JSON text in which the steering characters that JSON lets stand are written as `\u202e`."""
    return _STEERING.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
