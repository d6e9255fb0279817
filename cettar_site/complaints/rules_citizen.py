"""What a filer may add to a complaint: how long a message is, which ratings there are."""

from cettar_site.base.errors import Problem, Refused
from cettar_site.base.words import mark
from cettar_site.complaints.rules_filing import clean

LONGEST_MESSAGE = 2000
MOST_MESSAGES = 40
MOST_RATINGS = 10
RATINGS = ("1", "2", "3", "4", "5")

_EMPTY = mark("Tulis pesan Anda.")
_LONG = mark("Pesannya terlalu panjang, paling banyak 2.000 huruf.")
_NO_RATING = mark("Pilih nilai dari 1 sampai 5.")


def check_message(text: str) -> str:
    """The message as it is kept. Raises Refused."""
    kept = check_optional(text)
    if not kept:
        raise Refused((Problem("text", _EMPTY),))
    return kept


def check_optional(text: str) -> str:
    """Words that may be left out, as they are kept. Raises Refused."""
    kept = clean(text)
    if len(kept) > LONGEST_MESSAGE:
        raise Refused((Problem("text", _LONG),))
    return kept


def check_rating(rating: str) -> str:
    """A rating of 1 to 5. Raises Refused."""
    if rating not in RATINGS:
        raise Refused((Problem("rating", _NO_RATING),))
    return rating
