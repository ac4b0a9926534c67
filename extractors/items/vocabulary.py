"""The closed vocabularies of these papers, for the rooms that read words without knowing what they mean."""

from extractors.forms.header import is_heading
from extractors.forms.heading import says_heading, says_title
from extractors.tables.vocabulary import Vocabulary
from schemas.wording import has_ordinal, plain


def names_a_column(text: str) -> bool:
    """Whether a text is a heading that some form prints; a label with an ordinal (一、基本支出) is a row's."""
    return not has_ordinal(text) and is_heading(plain(text))


VOCABULARY = Vocabulary(is_heading=names_a_column, says_caption=says_heading, says_title=says_title)
