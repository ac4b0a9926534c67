"""Files of the site appear whole under their names. They are not synced: whatever is lost is made again."""

import os
from pathlib import Path


def put(file: Path, text: str) -> None:
    """Put a text file in place of whatever is there, in one step."""
    file.parent.mkdir(parents=True, exist_ok=True)
    partial = file.with_name(f".{file.name}.{os.getpid()}.partial")
    partial.write_text(text, encoding="utf-8", newline="\n")
    partial.replace(file)


def put_changed(file: Path, text: str) -> bool:
    """The same, unless the file says that already: what has not changed keeps its time. Whether it was written."""
    try:
        if file.read_bytes() == text.encode():
            return False
    except FileNotFoundError:
        pass
    put(file, text)
    return True
