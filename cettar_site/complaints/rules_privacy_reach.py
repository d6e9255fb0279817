"""How a person can be reached over the network: e-mail addresses, names and pages on social media."""

import re
from collections.abc import Iterator

from cettar_site.complaints.rules_privacy_kinds import Personal, Span
from cettar_site.complaints.rules_privacy_read import Reading
from cettar_site.complaints.rules_privacy_words import REACH
from cettar_site.jatim import agencies, contacts

_LOCAL = re.compile(r"[\w.+%-]{1,64}$")
_HOST = re.compile(r"[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")
_SPELLED = re.compile(
    r"(?<![\w.@])[\w.+-]{2,40}(?: ?[(\[] ?(?:at|et|a) ?[)\]] ?| at )"
    r"[\w-]{2,40}(?:(?: ?[(\[] ?(?:dot|titik) ?[)\]] ?| (?:dot|titik) |\.)[\w-]{2,20}){1,4}", re.IGNORECASE)
# With blanks where an address has none; only where its end is one of the usual, for "@ balai. Kami" is a place.
_SPACED = re.compile(r"(?<![\w.@])[\w.+-]{1,64} ?@ ?[\w-]{1,63}"
                     r"(?: ?\. ?(?:com|net|org|info|id|co|ac|sch|or|web|my|me)\b)+", re.IGNORECASE)
_SPELLED_CUES = (" at ", " AT ", "(", "[")
_NAME = re.compile(r"@[A-Za-z][\w.]{2,40}")
_PAGE = re.compile(
    r"(?:https?://)?(?:[a-z]{1,8}\.)?(?:facebook\.com|fb\.com|fb\.me|instagram\.com|tiktok\.com|twitter\.com|x\.com"
    r"|threads\.net|youtube\.com/@|t\.me|telegram\.me|wa\.me|linkedin\.com/in)/?[^\s,;()]{2,200}", re.IGNORECASE)
_PAGE_CUES = (".com", ".me", ".net")
# What follows "IG" or "akun": a word with a digit, a line or a point inside, as no plain word has.
_ACCOUNT = re.compile(r"[ :.=]{1,3}(@?[A-Za-z](?=[\w.]{0,40}[\w][\d_.][\w])[\w.]{2,40})")
_OFFICIAL = re.compile(r"jatim|pemprov|pemkab|pemkot|dinas|kominfo|polri|polda|polres|polsek|lapor|rsud|\bpln|bpjs|pdam"
                       r"|bmkg|bnpb|bpbd|kemen|sp4n", re.IGNORECASE)

PUBLIC = frozenset(said.casefold() for said in (*(one.value for one in contacts.ALL if one.kind == "email"),
                                                *(one.email or "" for one in agencies.ALL)) if said)
"""The addresses of offices that our tables list."""


def mails(text: str) -> Iterator[Span]:
    """Where e-mail addresses stand, written plainly or spelled."""
    at = text.find("@")
    while at >= 0:
        local, host = _LOCAL.search(text, max(0, at - 64), at), _HOST.match(text, at + 1)
        if local and host and text[local.start():host.end()].rstrip(".").casefold() not in PUBLIC:
            yield Span(local.start(), host.end(), Personal.EMAIL)
        at = text.find("@", at + 1)
    if "@ " in text or " @" in text:
        yield from (Span(found.start(), found.end(), Personal.EMAIL) for found in _SPACED.finditer(text))
    if any(cue in text for cue in _SPELLED_CUES):
        for found in _SPELLED.finditer(text):
            if "." in found[0] or "dot" in found[0].casefold() or "titik" in found[0].casefold():
                yield Span(found.start(), found.end(), Personal.EMAIL)


def handles(text: str, read: Reading) -> Iterator[Span]:
    """Where names and pages on social media stand, those of offices apart."""
    if any(cue in text for cue in _PAGE_CUES):
        for found in _PAGE.finditer(text):
            if not _OFFICIAL.search(found[0]):
                yield Span(found.start(), found.end(), Personal.HANDLE)
    if "@" in text:
        for found in _NAME.finditer(text):
            before = text[found.start() - 1:found.start()]
            if not (before.isalnum() or before in (".", "/", "-", "_")) and not _OFFICIAL.search(found[0]):
                yield Span(found.start(), found.end(), Personal.HANDLE)
    for at, roles in enumerate(read.roles):
        account = _ACCOUNT.match(text, read.ends[at]) if roles & REACH else None
        if account is not None and not _OFFICIAL.search(account[1]):
            yield Span(account.start(1), account.end(1), Personal.HANDLE)
