"""What can go wrong inside a document's process, as functions that a process can be asked to call."""

import ctypes
import logging
import os
import signal
import time
from pathlib import Path
from typing import Any

from reading.running.outcomes import Outcome
from reading.running.runner import read_and_keep
from reading.sources import Source
from schemas.errors import EncryptedPdfError

calls_so_far = 0


def process_id() -> int:
    return os.getpid()


def process_id_after(seconds: float) -> int:
    time.sleep(seconds)
    return os.getpid()


def big_answer(size: int) -> bytes:
    return bytes(size)


def warn() -> str:
    logging.getLogger("extractors.pages.picture.tesseract").warning("没有 %s / no %s", "Tesseract", "Tesseract")
    logging.getLogger("pdfminer").warning("of no interest to a user")
    return "warned"


def typed_error() -> None:
    raise EncryptedPdfError("asks for a password")


def defect() -> None:
    raise KeyError("no such column")


def loop() -> None:
    while True:
        pass


def loop_and_tell(path: Path) -> None:
    path.write_text(str(os.getpid()), encoding="ascii")
    loop()


def sleep_in_native_code() -> None:
    ctypes.CDLL(None).sleep(60)


def fill_memory_with_objects() -> None:
    kept: list[Any] = []
    while True:
        kept.append([0] * 100_000)


def fill_memory_natively() -> None:
    libc = ctypes.CDLL(None)
    libc.malloc.restype = ctypes.c_void_p
    while True:
        block = libc.malloc(ctypes.c_size_t(8 << 20))
        libc.memset(ctypes.c_void_p(block), 1, ctypes.c_size_t(8 << 20))


def ask_for_too_much() -> bytearray:
    return bytearray(1 << 40)


def exit_quietly() -> None:
    os._exit(0)


def exit_with_status() -> None:
    os._exit(7)


def kill_itself() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def overrun() -> None:
    ctypes.string_at(0)


def unpicklable() -> Any:
    return lambda: None


def spoiled_by_earlier_calls() -> int:
    """Works in a fresh process alone."""
    global calls_so_far  # noqa: PLW0603
    calls_so_far += 1
    if calls_so_far > 1:
        os.abort()
    return calls_so_far


FAULTS = {
    "loops.pdf": loop,
    "sleeps.pdf": sleep_in_native_code,
    "fills.pdf": fill_memory_with_objects,
    "mallocs.pdf": fill_memory_natively,
    "exits.pdf": exit_quietly,
    "dies.pdf": kill_itself,
    "overruns.pdf": overrun,
    "errs.pdf": defect,
}


def read_or_fail(source: Source, folder: Path, corrections: Path | None, lasting: bool) -> Outcome:
    """`reading.running.runner.read_and_keep`, but that a file's name may ask for a fault."""
    if fault := FAULTS.get(source.name):
        fault()
    return read_and_keep(source, folder, corrections, lasting)
