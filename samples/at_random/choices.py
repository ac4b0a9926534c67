"""What a random paper is composed of: named choices, each drawn on its own.

The first option of a choice is the plain one. A choice is drawn with a random generator of its own, seeded with the
paper's seed and the choice's name: adding a choice changes no other. Some papers are odd in few points, some in many.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random

ODDNESS = (0.25, 0.5, 1.0)
"""By what a paper multiplies all chances; with 1.0 it is odd in some thirteen points."""
SUMMARIES = ("revenue_expenditure_summary", "fiscal_appropriation_summary")
BY_FUNCTION = (
    "revenue_by_function",
    "expenditure_by_function",
    "general_budget_by_function",
    "basic_expenditure_by_function",
    "government_fund",
    "state_capital",
)
BY_ECONOMIC = ("basic_expenditure_by_economic", "general_budget_by_economic")
BY_ORGANISATION = ("revenue_by_organisation", "expenditure_by_organisation")


@dataclass(frozen=True, slots=True)
class Choice:
    """The options of a choice, the plain one first, and how often (0 to 1) another than that is drawn.

    `forms` are those that the choice changes; none stands for all.
    """

    options: tuple[str, ...]
    chance: float = 0.2
    forms: tuple[str, ...] = ()

    @property
    def plain(self) -> str:
        """The option that changes nothing."""
        return self.options[0]


def _of(*options: str, chance: float = 0.2, forms: tuple[str, ...] = ()) -> Choice:
    return Choice(options, chance, forms)


CHOICES: Mapping[str, Choice] = {
    # What the accounts hold.
    "kind": _of("budget", "final", chance=0.12),
    "grain": _of("hundreds", "yuan", chance=0.4),
    "refund": _of("none", "one", chance=0.1),
    "carried": _of("nothing", "from_last_year", chance=0.3),
    # How amounts are printed.
    "unit": _of("万元", "元", chance=0.35),
    "unit_said": _of("above", "title", "headings", "once_not", chance=0.2),
    "three_public_unit": _of("same", "other", chance=0.15, forms=("three_public",)),
    "thousands": _of("no", "yes", "last_alone", chance=0.45),
    "decimals": _of("two", "one", chance=0.08),
    "zeros": _of("blank", "0.00", "0", "-", "—", chance=0.4),
    "digits": _of("plain", "full_width", "inner_space", chance=0.08),
    "negative": _of("minus", "brackets", chance=0.3),
    "wrapped_amounts": _of("never", "narrow", chance=0.06),
    # How tables are ruled and set on pages.
    "rules": _of(
        "strokes", "rects", "pieces", "broken", "open", "horizontal", "three_line", "vertical", "header_only",
        "frame", "none", chance=0.45,
    ),
    "sheet": _of("by_width", "landscape", "portrait", "a3", "turned", chance=0.3),
    "cell_room": _of("enough", "none", chance=0.06),
    "code_room": _of("enough", "too_little", chance=0.05),
    "size": _of("normal", "tight", "loose", chance=0.25),
    "rows_per_page": _of("full", "few", "total_alone", "broken_row", chance=0.25),
    "continued": _of("header", "bare", "title", "title_marked", "title_alone", chance=0.45),
    "split_columns": _of("never", "bare", "labelled", chance=0.08),
    "shared_pages": _of("no", "yes", chance=0.12),
    "footers": _of("plain", "none", "dashes", "of_all", chance=0.4),
    "watermark": _of("none", "diagonal", "level", "repeated", chance=0.15),
    "bold": _of("none", "outlined", "struck_twice", chance=0.3),
    "labels": _of("left", "centre", "wrapped", chance=0.2),
    "indents": _of("spaces", "place", "none", chance=0.4),
    # Titles and headings.
    "title_words": _of("usual", "synonyms", "owner", "city", chance=0.6),
    "title_year": _of("none", "before", "after_owner", "spaced", chance=0.4),
    "title_number": _of("none", "line", "line_left", "joined", "dashed", chance=0.45),
    "title_place": _of("above", "in_table", "page_before", "in_frame", chance=0.2),
    "title_lines": _of("one", "two", "last_is_a_title", chance=0.12),
    "heading_words": _of("usual", "synonyms", chance=0.4),
    "number_row": _of("none", "words", "stars", chance=0.25),
    "department_line": _of("line", "stack", chance=0.2),
    # Codes and rows.
    "codes": _of(
        "one", "three", "steps", "short", "short_steps", "split", "joined", "bracketed", "prefixed", "unprinted",
        chance=0.55, forms=(*BY_FUNCTION, *BY_ECONOMIC),
    ),
    "levels": _of("all", "items", "types_and_items", chance=0.25, forms=BY_FUNCTION),
    "total_row": _of("first", "last", "both", chance=0.35, forms=(*BY_FUNCTION, *BY_ECONOMIC)),
    "units": _of(
        "none", "once", "merged", "each_row", "coded", "in_labels", "one_unit", chance=0.4,
        forms=("revenue_by_function", "expenditure_by_function", "general_budget_by_function", *BY_ORGANISATION),
    ),
    "by_organisation": _of("no", "yes", chance=0.4, forms=BY_ORGANISATION),
    "uses": _of(
        "flat", "nested", "ungrouped", "of_which", "basic_of_which", "staff", "total_last", "all",
        chance=0.6, forms=BY_FUNCTION,
    ),
    "sources": _of(
        "fiscal", "budgets", "grouped", "fiscal_of_which", "education", "education_beside",
        chance=0.6, forms=("revenue_by_function", "revenue_by_organisation"),
    ),
    "last_year": _of("none", "beside", "twice", chance=0.12, forms=("general_budget_by_function",)),
    # Summaries.
    "summary": _of("functions", "uses", "functions_and_uses", "four", chance=0.5, forms=SUMMARIES),
    "summary_levels": _of("types", "all", chance=0.2, forms=SUMMARIES),
    "summary_rows": _of("used", "every", chance=0.4, forms=SUMMARIES),
    "grouping": _of("none", "this_year", chance=0.35, forms=SUMMARIES),
    "summary_total": _of("last", "first", chance=0.15, forms=SUMMARIES),
    "fiscal_columns": _of("budgets", "amount", chance=0.35, forms=("fiscal_appropriation_summary",)),
    # Forms of their own.
    "economic": _of("list", "two_groups", "three_groups", "two_classifications", chance=0.45, forms=BY_ECONOMIC),
    "economic_columns": _of("split", "amount", chance=0.3, forms=BY_ECONOMIC),
    "three_public": _of(
        "blocks", "pairs", "singles", "rows", "rows_by_budget", "years", "years_by_budget", "organisations",
        "organisations_by_year", chance=0.75, forms=("three_public",),
    ),
    "more_forms": _of("none", "economic_of_general", "functions_of_basic", "projects", "all", chance=0.45),
    "empty_forms": _of("blank_rows", "zeros", "left_out", chance=0.3, forms=("government_fund", "state_capital")),
}  # fmt: skip


class Chosen(Mapping[str, str]):
    """An option for every choice; those not given are plain.

    Raises:
        ValueError: a choice or an option is unknown.
    """

    def __init__(self, options: Mapping[str, str]) -> None:
        for name, option in options.items():
            if name not in CHOICES or option not in CHOICES[name].options:
                raise ValueError(f"no such choice: {name}={option}")
        self._options = {name: options.get(name, choice.plain) for name, choice in CHOICES.items()}

    def __getitem__(self, name: str) -> str:
        return self._options[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._options)

    def __len__(self) -> int:
        return len(self._options)

    @property
    def odd(self) -> dict[str, str]:
        """The choices that are not plain."""
        return {name: option for name, option in self.items() if option != CHOICES[name].plain}

    def but(self, **options: str) -> "Chosen":
        """Choose otherwise in a few points."""
        return Chosen({**self._options, **options})

    def __repr__(self) -> str:
        return "chosen_as(" + ", ".join(f"{name}={option!r}" for name, option in self.odd.items()) + ")"


def chosen_as(**options: str) -> Chosen:
    """Choose some options, and the plain one for all else."""
    return Chosen(options)


def drawn(seed: int) -> Chosen:
    """Draw an option for every choice, each on its own."""
    oddness = Random(f"{seed} oddness").choice(ODDNESS)
    return Chosen({name: _drawn(choice, oddness, Random(f"{seed} {name}")) for name, choice in CHOICES.items()})


def _drawn(choice: Choice, oddness: float, rng: Random) -> str:
    return rng.choice(choice.options[1:]) if rng.random() < choice.chance * oddness else choice.plain


def simpler(chosen: Chosen) -> Iterator[Chosen]:
    """Give every way to make one choice plain that is not."""
    return (chosen.but(**{name: CHOICES[name].plain}) for name in chosen.odd)
