"""What can be wrong with the code lists: one typed error for each, raised when a list is loaded."""


class ClassificationError(ValueError):
    """A list that breaks its own rules; the message names the file and the row."""


class UnknownSystemError(ClassificationError):
    """A system of codes that has no list here."""


class MalformedRowError(ClassificationError):
    """A row, or a header, that does not have the columns and the values that its file promises."""


class MalformedCodeError(ClassificationError):
    """A code that is not of its system: wrong first digit, or not 3, 5, 7 (or, for revenue, 9) digits."""


class DuplicateSightingError(ClassificationError):
    """A code that is given twice in one edition."""


class MissingParentError(ClassificationError):
    """A code whose parent, the code without its last two digits, is in no edition."""


class ContradictedChangeError(ClassificationError):
    """A recorded change that the lists themselves deny."""
