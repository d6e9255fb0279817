"""What a log record may say: nothing about a person, nothing that breaks a line, no payload of a visitor."""

import ipaddress
import re
import traceback
from collections.abc import Mapping, Set
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from pathlib import PurePath
from types import TracebackType

from cettar_site.base.errors import CettarError

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]

HIDDEN = "[hidden]"
LONGEST = 2_000  # characters of one value
DEEPEST = 4
WIDEST = 50
CHAIN = 5  # exceptions of one chain
FRAMES = 30

# A key that is, or ends in "_" and, one of these words: its value is never written.
PERSONAL_KEYS = frozenset({
    "access_code", "address_line", "addr", "alamat", "authorization", "body", "code", "content", "cookie",
    "cookies", "data", "email", "e_mail", "form", "forwarded_for", "headers", "header", "hp", "ip",
    "ip_address", "isi", "latitude", "lat", "lon", "longitude", "mail", "message_text", "nama", "name",
    "nik", "nip", "no_hp", "params", "password", "passwd", "payload", "phone", "phone_number", "qs",
    "query", "query_string", "referer", "referrer", "remote_addr", "reporter", "router_data", "secret",
    "sender", "session", "session_id", "set_cookie", "sid", "telepon", "telephone", "text", "token", "ua",
    "user", "user_agent", "username",
})

_MAIL = re.compile(r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_SIXTEEN = re.compile(r"(?<!\w)\d{4}([ .-]?)\d{4}\1\d{4}\1\d{4}(?!\w)")
# Province, five digits, day (women's days + 40), month, year, serial; perhaps in groups.
_NIK = re.compile(
    r"(?<!\w)[1-9]\d(?:[ .-]?\d){4}[ .-]?(?:[04][1-9]|[1256]\d|[37][01])[ .-]?(?:0[1-9]|1[0-2])"
    r"[ .-]?\d{2}[ .-]?\d{4}(?!\w)")
# A mobile (08…, +62 8…) or a line with its area code.
_PHONE = re.compile(
    r"(?<![\w.])(?:(?:\+?62[ .-]?|0)(?:8\d{1,2}[ .-]?\d{3,4}[ .-]?\d{2,5}|\d{2,3}[ -]\d{5,8})"
    r"|\(0\d{2,3}\)[ -]?\d{5,8})(?!\w)")
_IPV4 = re.compile(r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.]*\d)")
_IPV6 = re.compile(r"(?<!\w)(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{0,4}(?:\.\d+){0,3}(?![\w:])")
# C0, DEL, C1, line separators, direction marks, byte order mark: what a terminal or a reader obeys.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
# What Reflex says just before it prints what a visitor sent, headers and address included.
_PAYLOAD = re.compile(
    r"(event queue entry for|event data:|must be a dictionary, but received|deserialize event data:"
    r"|handler found for event:|frontend version|\[sid: [^\]]*\]).*", re.IGNORECASE | re.DOTALL)
_FRAME = re.compile(r'\s*File "[^"]+", line \d+')
_QUOTED = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"")
# What a database calls by name is a name of ours, and what went wrong.
_OUR_NAME = re.compile(r"(?:column|constraint|relation|table|index|sequence) $")
_PLAIN_NAME = re.compile(r"['\"][a-z][a-z0-9_.]{0,60}['\"]")
# Errors whose quoted lower-case word is a name in the program, nearly always. Not TypeError: it quotes the
# names of arguments, and those of an event are the visitor's.
_OF_THE_PROGRAM = (KeyError, AttributeError, NameError, ImportError)
_PARAMETERS = re.compile(r"\[parameters: .*|DETAIL:.*|\{.*", re.DOTALL)


def _hide_network_address(found: re.Match[str]) -> str:
    try:
        address = ipaddress.ip_address(found[0])
    except ValueError:
        return found[0]
    return found[0] if address.is_loopback or address.is_unspecified else HIDDEN


def masked(text: str) -> str:
    """The text without e-mail addresses, NIK (any 16 digits), telephone numbers and network addresses."""
    for pattern in (_MAIL, _SIXTEEN, _NIK, _PHONE):
        text = pattern.sub(HIDDEN, text)
    return _IPV4.sub(_hide_network_address, _IPV6.sub(_hide_network_address, text))


def escaped(text: str) -> str:
    r"""The text on one line: each control character as \n, \x1b or \u2028."""
    return _CONTROL.sub(lambda found: repr(found[0])[1:-1], text)


def cut(text: str, longest: int = LONGEST) -> str:
    """The first `longest` characters, with a sign where something is left out."""
    return text if len(text) <= longest else text[:longest] + "..."


def clean(text: str) -> str:
    """Masked, cut and on one line: masked first, so that neither a cut nor an escape splits a number."""
    return escaped(cut(masked(text[:LONGEST + 200])))


def elided(text: str, keep_names: bool = False) -> str:
    """What software not ours says, with quoted values, parameters and payloads left out, line by line.

    A traceback's frames stay, the names of tables and columns too; with `keep_names`, any lower-case name.
    """
    def unquoted(found: re.Match[str]) -> str:
        named = keep_names or _OUR_NAME.search(found.string[:found.start()][-20:])
        return found[0] if named and _PLAIN_NAME.fullmatch(found[0]) else "'...'"

    lines = _PAYLOAD.sub(r"\1 ...", cut(text, 4 * LONGEST)).splitlines()
    return "\n".join(
        line if _FRAME.match(line) else _PARAMETERS.sub("...", _QUOTED.sub(unquoted, line)) for line in lines)


def is_personal(key: str) -> bool:
    """Whether a key by this name may hold something about a person."""
    words = key.lower().replace("-", "_").split("_")
    return any("_".join(words[start:]) in PERSONAL_KEYS for start in range(len(words)))


def safe(value: object, depth: int = 0) -> object:
    """A value that may be written: plain facts masked, collections likewise, other objects by type alone."""
    if value is None or isinstance(value, bool | float | datetime | date | timedelta | Decimal):
        return value if value is None or isinstance(value, bool | float) else str(value)
    if isinstance(value, Enum):
        return safe(value.value, depth)
    if isinstance(value, int):
        return HIDDEN if masked(str(value)) != str(value) else value
    if isinstance(value, str | PurePath):
        return clean(str(value))
    if isinstance(value, BaseException):
        return said_by(value)
    if depth < DEEPEST:
        if isinstance(value, Mapping):
            return {clean(str(key)): HIDDEN if is_personal(str(key)) else safe(one, depth + 1)
                    for key, one in list(value.items())[:WIDEST]}
        if isinstance(value, list | tuple | Set):
            return [safe(one, depth + 1) for one in list(value)[:WIDEST]]
    return f"<{type(value).__name__}>"


def said_by(fault: BaseException) -> str:
    """Type and message on one line; our own errors speak freely (no personal data in them), others elided."""
    if isinstance(fault, CettarError):
        message = str(fault)
    else:
        message = elided(str(fault), keep_names=isinstance(fault, _OF_THE_PROGRAM))
    return clean(f"{type(fault).__name__}: {message}" if message else type(fault).__name__)


def traced(exc_info: ExcInfo) -> str:
    """A traceback without source lines, values or quoted texts: frames, `Type: message`; causes first."""
    parts: list[str] = []
    fault: BaseException | None = exc_info[1]
    while fault is not None and len(parts) < CHAIN:
        frames = traceback.extract_tb(fault.__traceback__)[-FRAMES:]
        lines = [f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]
        lines.append(said_by(fault))
        if isinstance(fault, BaseExceptionGroup):
            lines.extend(f"  | {said_by(one)}" for one in fault.exceptions[:WIDEST])
        parts.append("\n".join(lines))
        fault = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)
    return "\nthen\n".join(reversed(parts))
