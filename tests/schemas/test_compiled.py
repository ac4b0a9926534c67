"""Data that is kept between processes: taken where it fits, made anew where it does not."""

import multiprocessing
import pickle
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from schemas import compiled as module
from schemas.compiled import compiled

calls: list[int] = []


def doubled(number: int) -> tuple[int, ...]:
    calls.append(number)
    return (2 * number,)


def in_another_process() -> Callable[[int], tuple[int, ...]]:
    """The loader as another process sees it: nothing is in its memory."""
    module._folder.cache_clear()
    return compiled(doubled)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    calls.clear()
    yield tmp_path / "gongkai"
    module._folder.cache_clear()


def the_file(folder: Path) -> Path:
    [file] = folder.glob("*/*")
    return file


def test_another_process_takes_what_one_has_made(folder: Path) -> None:
    assert in_another_process()(3) == (6,)
    assert in_another_process()(3) == (6,)
    assert calls == [3]
    assert the_file(folder).name.startswith(f"{__name__}.doubled(3) ")  # and the hash of the code beside it


@pytest.mark.parametrize("damage", [b"", b"\x80", pickle.dumps((6,))[:-2], b"cno.such.module\nname\n."])
def test_what_is_damaged_is_made_anew(folder: Path, damage: bytes) -> None:
    in_another_process()(3)
    the_file(folder).write_bytes(damage)
    assert in_another_process()(3) == (6,)
    assert pickle.loads(the_file(folder).read_bytes()) == (6,)
    assert calls == [3, 3]


def test_other_data_is_another_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    in_another_process()(3)
    changed = folder.parent / "changed.yaml"
    changed.write_text("a: 1", encoding="utf-8")
    files = [*module._files(), changed]
    monkeypatch.setattr(module, "_files", lambda: iter(files))
    in_another_process()(3)
    changed.write_text("a: 2", encoding="utf-8")
    in_another_process()(3)
    assert calls == [3, 3, 3]


def test_a_folder_that_cannot_be_written_is_done_without(folder: Path) -> None:
    folder.parent.mkdir(exist_ok=True)
    folder.write_text("a file in its place", encoding="utf-8")
    assert in_another_process()(3) == (6,)


def test_nothing_is_taken_from_a_folder_of_somebody_else(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    in_another_process()(3)
    monkeypatch.setattr(module.os, "geteuid", lambda: 12345)
    assert in_another_process()(3) == (6,)
    assert calls == [3, 3]


def test_an_error_is_not_kept(folder: Path) -> None:
    @compiled
    def broken() -> int:
        raise ValueError("an unknown key")

    for _ in range(2):
        with pytest.raises(ValueError, match="an unknown key"):
            broken()
    assert not [*folder.glob("*/*")]


def test_processes_that_begin_together_do_not_harm_one_another(folder: Path) -> None:
    context = multiprocessing.get_context("spawn")
    with context.Pool(4) as pool:
        found = pool.map(sections_of_prose, range(8))
    assert len(set(found)) == 1
    assert all(not file.name.rpartition(".")[2].isdigit() for file in folder.glob("*/*"))


def sections_of_prose(_: int) -> str:
    from schemas.prose import sections  # noqa: PLC0415  in a process that has not loaded it

    return sections().model_dump_json()
