"""Ways to damage a paper, each a function of its bytes and a seeded choice; which there are depends on its format."""

import random
from collections.abc import Callable, Mapping

from benchmarks.mutants import of_bytes, of_marks, of_pdfs

Mutation = Callable[[bytes, random.Random], bytes]

OF_ANY: Mapping[str, Mutation] = {
    "bits flipped": of_bytes.flipped,
    "cut short": of_bytes.cut_short,
    "hole": of_bytes.hole,
}
OF_PDFS: Mapping[str, Mutation] = {
    "glyphs drawn": of_pdfs.content_digits,
    "content lost": of_pdfs.content_lost,
    "numbers": of_pdfs.numbers,
    "map to Unicode": of_pdfs.unicode_map,
    "digits exchanged": of_pdfs.digit_permutation,
    "pages": of_pdfs.pages,
    "objects": of_pdfs.objects,
}
OF_PACKAGES: Mapping[str, Mutation] = {
    "a part's bits": of_marks.part_bytes,
    "figures": of_marks.in_a_part(of_marks.figures),
    "values exchanged": of_marks.in_a_part(of_marks.exchanged),
    "elements": of_marks.in_a_part(of_marks.elements),
    "parts": of_marks.parts,
}
OF_TEXTS: Mapping[str, Mutation] = {
    "figures": of_marks.figures,
    "values exchanged": of_marks.exchanged,
    "elements": of_marks.elements,
}
OF_FORMATS: Mapping[str, Mapping[str, Mutation]] = {
    "pdf": OF_PDFS,
    **dict.fromkeys(("xlsx", "docx", "ods", "odt", "ofd"), OF_PACKAGES),
    "html": OF_TEXTS,
}
KINDS = tuple({**OF_ANY, **OF_PDFS, **OF_PACKAGES, **OF_TEXTS})


def kinds_of(format_name: str) -> Mapping[str, Mutation]:
    """The ways to damage a paper of a format: those of any file, and those that know what is in it."""
    return {**OF_ANY, **OF_FORMATS.get(format_name, {})}
