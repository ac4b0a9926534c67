"""The same thing said twice with two figures, and wholes that their parts do not make up."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from extractors.prose.paragraphs import Paragraph
from extractors.prose.statements import Seen, Statement
from extractors.prose.words.telling import AMOUNTS, found, in_print
from schemas.prose import words


def said_twice(paragraph: Sequence[Statement]) -> Iterator[Seen]:
    """Find amounts of one subject that a paragraph states differently, by more than rounding."""
    first: dict[tuple[str, str], Statement] = {}
    for statement in paragraph:
        plain = statement.fact in AMOUNTS and not (statement.subject.as_said or statement.aside or statement.suffix)
        if not plain or statement.name in words().said_often:
            continue
        other = first.setdefault((statement.name, statement.fact), statement)
        if abs(other.value - statement.value) > other.half_step + statement.half_step:
            yield found(
                "prose_said_twice_differently", statement, f"{statement.name}另作{in_print(other.value, other)}"
            )


def said_twice_over(paper: Iterable[Statement]) -> Iterator[Seen]:
    """Find totals of the whole paper that two paragraphs state differently, by more than rounding."""
    first: dict[tuple[str, str], Statement] = {}
    for statement in paper:
        if statement.name not in words().said_once or statement.fact not in AMOUNTS or statement.aside:
            continue
        other = first.setdefault((statement.name, statement.fact), statement)
        apart = abs(other.value - statement.value) > other.half_step + statement.half_step
        if apart and other.paragraph is not statement.paragraph:
            right = f"第{other.paragraph.page_at(other.place.start)}页作{in_print(other.value, other)}"
            yield found("prose_said_twice_differently", statement, right)


def parts_do_not_add_up(paragraph: Sequence[Statement]) -> Iterator[Seen]:
    """Find wholes of which a paragraph states every part, and the sum is another."""
    stated = _amounts(paragraph)
    for row in words().wholes:
        if not {row.whole, *row.parts} <= stated.keys() or any(
            len(stated[name]) > 1 for name in (row.whole, *row.parts)
        ):
            continue
        whole, parts = stated[row.whole][0], [stated[name][0] for name in row.parts]
        total = sum((part.value for part in parts), Decimal(0))
        allowed = whole.half_step + sum((part.half_step for part in parts), Decimal(0))
        if abs(total - whole.value) > allowed:
            yield found("prose_parts_do_not_add_up", whole, f"各项合计{in_print(total, whole)}")


def _amounts(statements: Iterable[Statement]) -> dict[str, list[Statement]]:
    by_name: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        if statement.fact in AMOUNTS and not statement.aside and not statement.suffix:
            by_name[statement.name].append(statement)
    return by_name


def by_paragraph(statements: Iterable[Statement]) -> Iterator[tuple[Paragraph, list[Statement]]]:
    """Sort statements by the paragraph that they stand in."""
    found_in: dict[int, tuple[Paragraph, list[Statement]]] = {}
    for statement in statements:
        found_in.setdefault(id(statement.paragraph), (statement.paragraph, []))[1].append(statement)
    return iter(found_in.values())
