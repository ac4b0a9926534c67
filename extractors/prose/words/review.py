"""All that is wrong with the words of a paper, in the order in which it is printed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.prose.paragraphs import Paragraph
from extractors.prose.sections import Section, naming_of
from extractors.prose.statements import Seen, Statement
from extractors.prose.words.consistency import against_words, inconsistent
from extractors.prose.words.editions import of_other_editions
from extractors.prose.words.leftovers import leftovers
from extractors.prose.words.levels import of_the_other_level
from extractors.prose.words.marks import unpaired
from extractors.prose.words.parts import against_contents, without_full_stop
from extractors.prose.words.twice import by_paragraph, parts_do_not_add_up, said_twice, said_twice_over
from extractors.prose.words.years import of_other_years
from schemas.records import Kind


@dataclass(frozen=True, slots=True)
class Review:
    """The paper whose words are looked at; `text_pages` are the pages whose words are stored as text.

    `understood` tells that most of its figures were: beside many that were not, none is held against another.
    """

    kind: Kind
    year: int
    departments: tuple[str, ...]
    text_pages: frozenset[int]
    understood: bool = True


def reviewed(
    text: Sequence[Paragraph], sections: Sequence[tuple[Section, Sequence[Statement]]], review: Review
) -> Iterator[Seen]:
    """Find what is wrong with the words: `text` are all paragraphs, `sections` those that explain figures, as read."""
    figures = _of_figures(sections, review) if review.understood else ()
    seen = (*figures, *_of_text(text, sections, review))
    return (one for one in seen if one.paragraph.page_at(one.place.start) in review.text_pages)


def _of_figures(sections: Sequence[tuple[Section, Sequence[Statement]]], review: Review) -> Iterator[Seen]:
    """Hold the stated figures against one another."""
    paper = [statement for _, own in sections for statement in own]
    for section, own in sections:
        yield from inconsistent(own, paper, naming_of(section, review.year, review.departments))
        for paragraph, statements in by_paragraph(own):
            yield from against_words(paragraph, statements)
            yield from said_twice(statements)
            yield from parts_do_not_add_up(statements)
    yield from said_twice_over(paper)


def _of_text(
    text: Sequence[Paragraph], sections: Sequence[tuple[Section, Sequence[Statement]]], review: Review
) -> Iterator[Seen]:
    """Look at the words alone, of every paragraph whose page stores them."""
    explaining = {id(paragraph): section for section, _ in sections for paragraph in section.paragraphs}
    stored = [paragraph for paragraph in text if paragraph.starts[0][1] in review.text_pages]
    for paragraph in stored:
        section = explaining.get(id(paragraph))
        accounts = section is not None and not section.evaluates
        yield from leftovers(paragraph, accounts=accounts)
        yield from of_other_years(paragraph, review.year, review.kind, accounts=accounts)
        if accounts:
            yield from of_other_editions(paragraph, review.year)
    yield from unpaired(stored)
    stating = [p for p in stored if (own := explaining.get(id(p))) is not None and not own.evaluates]
    yield from without_full_stop(stating)
    yield from of_the_other_level(stored, stating)
    yield from against_contents(stored)
