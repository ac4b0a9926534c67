"""PP-OCR's recogniser, run on lines that were cut out already: batches of like width, threads pinned."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from pathlib import Path

import cv2
import numpy as np
import onnxruntime  # type: ignore[import-untyped]
import rapidocr
from numpy.typing import NDArray

from extractors.pages.picture.raster import Grey

MODELS = Path(rapidocr.__file__).parent / "models"
LINE = 48
"""The model takes lines of so many pixels in height."""
NARROWEST = 96
"""A narrower line is padded to this width (pixels)."""
LARGEST_BATCH = 6
LIKE_WIDTH = 1.25
"""Lines in a batch are padded to the widest, which is no wider than this against the narrowest."""
BLANK = 0
"""The class of connectionist temporal classification that stands for no character."""
RIVALS = 2
"""So many other characters are kept for each place."""
WHISPER = 0.0005
"""A rival with less probability is none."""

UNUSUAL = 0.05
"""Papers print simplified characters; the model knows the traditional ones too, and takes a worn 额 for 額."""

Probabilities = NDArray[np.float32]
"""Steps × characters."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """A line's text; `confidence` is the engine's own figure for the character it is least sure of.

    A mean would hide one doubtful digit among many. `rivals` are texts that differ in one character, with the
    probability of the character that makes the difference.
    """

    text: str
    confidence: float
    rivals: tuple[tuple[str, float], ...] = ()


class Recogniser:
    """The recognition model of RapidOCR's wheel in a session of `threads` threads."""

    def __init__(self, threads: int = 1) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False  # the arena keeps the widest batch's memory for good
        options.enable_mem_pattern = False  # it would keep a plan for each width of batch
        options.log_severity_level = 4
        (path,) = MODELS.glob("PP-OCR*_rec_*.onnx")
        self._session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        self._input = self._session.get_inputs()[0].name
        characters = self._session.get_modelmeta().custom_metadata_map["character"].splitlines()
        self._characters = ["", *characters, " "]
        self._known: dict[tuple[tuple[int, ...], bytes], Recognised] = {}
        self._weights = np.array([_weight(each) for each in self._characters], np.float32)

    def read(self, lines: Sequence[Grey], *, with_rivals: bool = False) -> list[Recognised]:
        """The text of each picture of a line, in the order given; what was read before `forget` is remembered."""
        if with_rivals:
            return self._read(lines, with_rivals=True)
        keys = [(line.shape, blake2b(line.tobytes(), digest_size=16).digest()) for line in lines]
        fresh = {key: line for key, line in zip(keys, lines, strict=True) if key not in self._known}
        self._known.update(zip(fresh, self._read(list(fresh.values())), strict=True))
        return [self._known[key] for key in keys]

    def forget(self) -> None:
        """Remember no lines: those of one page are read again and again, those of the next are others."""
        self._known.clear()

    def _read(self, lines: Sequence[Grey], *, with_rivals: bool = False) -> list[Recognised]:
        scaled = [_scaled(line) for line in lines]
        found: dict[int, Recognised] = {}
        for batch in _batches([line.shape[1] for line in scaled]):
            steps = self._session.run(None, {self._input: _stacked([scaled[at] for at in batch])})[0] * self._weights
            for at, own in zip(batch, steps, strict=True):
                found[at] = self._decoded(own, with_rivals)
        return [found[at] for at in range(len(lines))]

    def _decoded(self, steps: Probabilities, with_rivals: bool) -> Recognised:
        best = steps.argmax(axis=1)
        fresh = np.concatenate(([True], best[1:] != best[:-1]))
        places = np.flatnonzero(fresh & (best != BLANK))
        if not len(places):
            return Recognised("", 0.0)
        characters = [self._characters[best[at]] for at in places]
        confidence = float(steps[places, best[places]].min())
        rivals = tuple(self._rivals(steps, best, places, characters)) if with_rivals else ()
        return Recognised("".join(characters), confidence, rivals)

    def _rivals(
        self, steps: Probabilities, best: NDArray[np.int64], places: NDArray[np.int64], characters: Sequence[str]
    ) -> Iterator[tuple[str, float]]:
        """The text with one character changed, left out or put in, as the model's own figures suggest."""
        for order, at in enumerate(places):
            for other in np.argsort(steps[at])[::-1][1 : RIVALS + 1]:
                if steps[at, other] >= WHISPER:
                    changed = [*characters[:order], self._characters[other], *characters[order + 1 :]]
                    yield "".join(changed), float(steps[at, other])
        for at in np.flatnonzero(best == BLANK):
            other = int(steps[at, 1:].argmax()) + 1
            order = int(np.searchsorted(places, at))
            beside = {best[place] for place in places[max(0, order - 1) : order + 1]}
            if steps[at, other] >= WHISPER and other not in beside:
                more = [*characters[:order], self._characters[other], *characters[order:]]
                yield "".join(more), float(steps[at, other])


@cache
def recogniser(threads: int = 1) -> Recogniser:
    """The process's own recogniser, loaded when first asked for."""
    return Recogniser(threads)


def _weight(character: str) -> float:
    """What a character's probability counts: full where GB 2312 has it, little where a paper hardly prints it."""
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return UNUSUAL
    return 1.0


def _scaled(line: Grey) -> Grey:
    height, width = line.shape
    across = max(8, round(width * LINE / height))
    way = cv2.INTER_AREA if height > LINE else cv2.INTER_CUBIC
    scaled: Grey = cv2.resize(line, (across, LINE), interpolation=way)
    return scaled


def _batches(widths: Sequence[int]) -> Iterator[list[int]]:
    """Places in `widths`, those of like width together."""
    batch: list[int] = []
    for at in sorted(range(len(widths)), key=lambda each: widths[each]):
        full = len(batch) == LARGEST_BATCH
        if batch and (full or widths[at] > max(NARROWEST, LIKE_WIDTH * widths[batch[0]])):
            yield batch
            batch = []
        batch.append(at)
    if batch:
        yield batch


def _stacked(lines: Sequence[Grey]) -> NDArray[np.float32]:
    """Lines as the model takes them: lines × 3 × 48 × width, -1 to 1, padded with 0."""
    width = max(NARROWEST, *(line.shape[1] for line in lines))
    stacked = np.zeros((len(lines), 3, LINE, width), np.float32)
    for at, line in enumerate(lines):
        stacked[at, :, :, : line.shape[1]] = line.astype(np.float32) / 127.5 - 1
    return stacked
