"""What can be wrong with the text of a field: a code, worded elsewhere, never the text itself."""

from enum import StrEnum


class Code(StrEnum):
    EMPTY = "empty"
    CHARACTERS = "characters"
    LENGTH = "length"
    TOO_LONG = "too_long"
    CHECKSUM = "checksum"
    DATE = "date"
    CHOICE = "choice"
    NUMBER = "number"
    RANGE = "range"


class KindError(ValueError):
    """The text is not of this kind; ``code`` says why, and nothing here repeats the (personal) text."""

    def __init__(self, code: Code) -> None:
        super().__init__(code.value)
        self.code = code
