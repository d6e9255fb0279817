"""The public number of a complaint and the secret code of whoever filed it.

Both are written in Crockford's base 32 (no I, L, O, U), so that they survive being read aloud, copied by
hand and typed on a phone. The number ends in a check character: the eight characters, taken as elements of
the field GF(32) and weighted by distinct powers of its generator, sum to zero. One changed character always
changes the sum, and so does swapping any two that differ, next to each other or not.
"""

import base64
import hashlib
import hmac

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
PREFIX = "JTM"
NUMBER_BITS = 35
CODE_BITS = 120
_DATA = 7
_CODE_LENGTH = 24
_CROCKFORD = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", ALPHABET.encode())
_VALUE = {char: value for value, char in enumerate(ALPHABET)}
_LOOKALIKE = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, "\N{EN DASH}": None, "\N{EM DASH}": None,
                            "\N{NON-BREAKING HYPHEN}": None, "\N{HYPHEN}": None, "\N{MINUS SIGN}": None,
                            ".": None, "_": None, "#": None, "/": None})


def _field() -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Powers and logarithms of the generator 2 in GF(32), polynomial x^5 + x^2 + 1."""
    power, value = [], 1
    for _ in range(31):
        power.append(value)
        value <<= 1
        if value & 32:
            value ^= 0b100101
    log = [0] * 32
    for exponent, element in enumerate(power):
        log[element] = exponent
    return tuple(power), tuple(log)


_POWER, _LOG = _field()
# _TIMES[i][x] = x times the i-th power of the generator.
_TIMES = tuple(
    tuple(0 if x == 0 else _POWER[(_LOG[x] + i) % 31] for x in range(32)) for i in range(_DATA + 1))


def check_character(data: str) -> str:
    """The eighth character for seven of the alphabet."""
    total = 0
    for place, char in enumerate(data):
        total ^= _TIMES[_DATA - place][_VALUE[char]]
    return ALPHABET[total]


def number_from(bits: int) -> str:
    """The public number `JTM-XXXX-XXXX` that stands for a random integer of 35 bits."""
    if not 0 <= bits < 1 << NUMBER_BITS:
        raise ValueError("a number needs 35 bits")
    data = "".join(ALPHABET[bits >> shift & 31] for shift in range(30, -1, -5))
    return f"{PREFIX}-{data[:4]}-{data[4:]}{check_character(data)}"


def _typed(text: str) -> str:
    """What a person meant: capitals, no spaces or dashes, O as 0, I and L as 1."""
    return "".join(text.split()).upper().translate(_LOOKALIKE)


def parse_number(text: str) -> str | None:
    """The number a person typed, in its printed form; None when no complaint can have it.

    Lower case, spaces, missing dashes, a missing prefix, O for 0 and I or L for 1 are understood.
    """
    if len(text) > 64:
        return None
    typed = _typed(text)
    if len(typed) == len(PREFIX) + _DATA + 1 and typed.startswith(PREFIX):
        typed = typed[len(PREFIX):]
    if len(typed) != _DATA + 1 or any(char not in _VALUE for char in typed):
        return None
    if check_character(typed[:_DATA]) != typed[_DATA]:
        return None
    return f"{PREFIX}-{typed[:4]}-{typed[4:]}"


def parse_code(text: str) -> str | None:
    """The access code a person typed, as six groups of four; None when it is not 24 such characters."""
    if len(text) > 128:
        return None
    typed = _typed(text)
    if len(typed) != _CODE_LENGTH or any(char not in _VALUE for char in typed):
        return None
    return _grouped(typed)


def _grouped(code: str) -> str:
    return "-".join(code[at:at + 4] for at in range(0, _CODE_LENGTH, 4))


def derive_code(secret: bytes, key: str, number: str) -> str:
    """The access code of a complaint: 120 bits of HMAC-SHA256(secret, "code" | idempotency key | number).

    Derived, not drawn, so that a phone which lost the answer gets the same code when it sends the same key
    again (DECISIONS: "The access code is derived").
    """
    digest = hmac.digest(secret, b"cettar/code/v1\0" + key.encode() + b"\0" + number.encode(), hashlib.sha256)
    return _grouped(base64.b32encode(digest[:CODE_BITS // 8]).translate(_CROCKFORD).decode())


def code_hash(secret: bytes, code: str) -> bytes:
    """What is stored of a code: HMAC-SHA256 of its printed form. 120 bits need no slow hash (ASVS 6.5.2)."""
    return hmac.digest(secret, b"cettar/code-hash/v1\0" + code.encode(), hashlib.sha256)


def key_hash(secret: bytes, key: str) -> bytes:
    """What is stored of an idempotency key: with the key itself the code could be made again."""
    return hmac.digest(secret, b"cettar/key-hash/v1\0" + key.encode(), hashlib.sha256)
