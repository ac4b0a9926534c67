import os
import time
from pathlib import Path

from flows.night.pruning import SECONDS_A_DAY, prune_pages


def test_pages_that_nobody_asked_for_go_and_others_stay(tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    for name, days in {"old": 91, "young": 89}.items():
        (pages / name).write_text("page", encoding="utf-8")
        moment = time.time() - days * SECONDS_A_DAY
        os.utime(pages / name, (moment, moment))
    assert prune_pages(tmp_path, 90) == 1
    assert [file.name for file in pages.iterdir()] == ["young"]
    assert prune_pages(tmp_path / "nowhere", 90) == 0
