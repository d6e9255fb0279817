"""Why a run did not succeed, in words that anyone understands."""

from cettar_site.base.words import mark
from cettar_site.status.rules import Ending

OWN = {
    "vanished": mark("Prosesnya hilang di tengah jalan"),
    "lease_lost": mark("Proses lain mengambil alih pekerjaan ini"),
}
OUR_FAULT = mark("Kesalahan di program kami, bukan di sumbernya")


def reason(ending: Ending) -> str:
    """The reason as a msgid; "" when there is none.

    A source's failure brings its own sentence. An error of ours is named by its class, which begins with a
    capital: what it says is for programmers, so the visitor is told whose fault it is.
    """
    if ending.error_kind in OWN:
        return OWN[ending.error_kind]
    if ending.error_kind[:1].isupper():
        return OUR_FAULT
    return ending.error_text


def remark(ending: Ending) -> str:
    """What helps to mend it: the address asked, or the error's name and place."""
    if ending.error_kind[:1].isupper():
        return f"{ending.error_kind} {ending.error_text}".strip()
    return ending.error_address
