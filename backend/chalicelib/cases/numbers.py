"""Case numbers and lookup codes: short enough for a telephone, in digits that anyone can type.

A case number is 11 random digits, the first never zero, and a check digit after H. M. Damm (doctoral
thesis, Marburg 2004: a totally anti-symmetric quasigroup of order 10), which catches every single wrong
digit and every swap of neighbours. A lookup code is 16 digits derived from the number, so it need not be
stored and can be renewed.
"""

import hmac
import secrets
import unicodedata
from collections.abc import Callable

from .canonical import canonical

NUMBER_DIGITS = 12
CODE_DIGITS = 16
_LONGEST_TYPED = 100
_DAMM = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)


def case_number(randbelow: Callable[[int], int] = secrets.randbelow) -> str:
    """A new case number; whoever stores it makes sure that it is not taken."""
    lowest = 10 ** (NUMBER_DIGITS - 2)
    digits = str(lowest + randbelow(9 * lowest))
    return f"{digits}{_damm(digits)}"


def is_case_number(number: str) -> bool:
    """Whether a tidied text can be a case number at all."""
    return _is_digits(number, NUMBER_DIGITS) and number[0] != "0" and _damm(number) == 0


def lookup_code(secret: bytes, locality: str, number: str, generation: int) -> str:
    """The code that opens a case to its family; a higher generation replaces a lost one."""
    digest = hmac.digest(secret, canonical(["lookup-code", locality, number, generation]), "sha256")
    return str(int.from_bytes(digest, "big") % 10**CODE_DIGITS).zfill(CODE_DIGITS)


def codes_match(typed: str, code: str) -> bool:
    """Whether what somebody typed is the code, in a time that does not tell how nearly."""
    return hmac.compare_digest(tidy(typed).encode(), code.encode())


def tidy(text: str) -> str:
    """A typed number or code without spaces and dashes, in ordinary digits; "" for what is far too long."""
    if len(text) > _LONGEST_TYPED:
        return ""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text)))


def group(number: str) -> str:
    """In groups of four, for reading: 1234 5678 9012."""
    return " ".join(number[at : at + 4] for at in range(0, len(number), 4))


def _is_digits(text: str, length: int) -> bool:
    return len(text) == length and text.isascii() and text.isdigit()


def _damm(digits: str) -> int:
    interim = 0
    for digit in digits:
        interim = _DAMM[interim][int(digit)]
    return interim
