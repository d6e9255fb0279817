"""The door for letters: SMTP, as the settings name it. Addresses and texts are never logged.

smtp:// asks for STARTTLS and refuses to go on in the clear, except to this machine; smtps:// is TLS from the start.
"""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import parseaddr
from urllib.parse import unquote, urlsplit

from cettar_site.base.errors import ForeignFailure
from cettar_site.base.words import mark
from cettar_site.infra.settings import Settings, settings

SECONDS = 20.0
HERE = frozenset({"localhost", "127.0.0.1", "::1"})
_DOWN = mark("Server surel tidak menjawab")
_REFUSED = mark("Server surel menolak")
_NO_SUCH = mark("Alamat surel itu tidak ada")


@dataclass(frozen=True, slots=True)
class Mail:
    """A letter ready to go; `name` makes its Message-ID, the same at each try. `stop` ends the subscription."""

    to: str
    subject: str
    text: str
    name: str
    stop: str = ""


class Post:
    """An open connection to the mail server."""

    def __init__(self, server: smtplib.SMTP, sender: str) -> None:
        self._server, self._sender = server, sender

    def send(self, mail: Mail) -> None:
        """Send one. Raises ForeignFailure: "mail_no_such" (refused for good, or none that can be written),
        "mail_refused" or "mail_down".
        """
        try:
            letter = message(mail, self._sender)
        except (ValueError, MessageError):  # nobody can write it: it must not hold up the letters behind it
            raise ForeignFailure("mail_no_such", _NO_SUCH, address()) from None
        try:
            self._server.send_message(letter)
        except smtplib.SMTPRecipientsRefused as fault:
            codes = [code for code, _ in fault.recipients.values()]
            for_good = bool(codes) and all(500 <= code < 560 for code in codes)
            raise ForeignFailure("mail_no_such" if for_good else "mail_refused", _NO_SUCH if for_good else _REFUSED,
                                 address()) from None
        except smtplib.SMTPServerDisconnected:
            raise ForeignFailure("mail_down", _DOWN, address()) from None
        except smtplib.SMTPException:
            raise ForeignFailure("mail_refused", _REFUSED, address()) from None
        except OSError:
            raise ForeignFailure("mail_down", _DOWN, address()) from None


def mail_on() -> bool:
    """Whether this site can send letters: only then may a form ask for an address."""
    return bool(settings().smtp_url and settings().mail_from)


def address() -> str:
    """The mail server as /status may show it."""
    parts = urlsplit(settings().smtp_url)
    return f"{parts.scheme}://{parts.hostname or ''}"


def message(mail: Mail, sender: str) -> EmailMessage:
    """The letter as it travels: plain text, one-click unsubscribing (RFC 8058). Raises ValueError on a bad address."""
    name, _, _ = sender.partition("<")
    made = EmailMessage()
    made["From"] = Address(name.strip(), addr_spec=parseaddr(sender)[1])
    made["To"] = Address(addr_spec=mail.to)
    made["Subject"] = mail.subject
    made["Message-ID"] = f"<{mail.name}@{parseaddr(sender)[1].partition('@')[2]}>"
    made["Auto-Submitted"] = "auto-generated"
    if mail.stop:
        made["List-Unsubscribe"] = f"<{mail.stop}>"
        made["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    made.set_content(mail.text)
    return made


@contextmanager
def post() -> Iterator[Post]:
    """A connection for as long as the context lasts. Raises ForeignFailure when there is none."""
    config = settings()
    try:
        server = _connected(config)
    except (smtplib.SMTPException, OSError) as fault:
        kind = "mail_refused" if isinstance(fault, smtplib.SMTPResponseException) else "mail_down"
        raise ForeignFailure(kind, _REFUSED if kind == "mail_refused" else _DOWN, address()) from None
    try:
        yield Post(server, config.mail_from)
    finally:
        try:
            server.quit()
        except (smtplib.SMTPException, OSError):
            server.close()


def _connected(config: Settings) -> smtplib.SMTP:
    parts = urlsplit(config.smtp_url)
    host, context = parts.hostname or "", ssl.create_default_context()
    if parts.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, parts.port or 465, timeout=SECONDS, context=context)
    else:
        server = smtplib.SMTP(host, parts.port or 587, timeout=SECONDS)
        if host not in HERE:
            server.starttls(context=context)
    if parts.username:
        server.login(unquote(parts.username), unquote(parts.password or ""))
    return server
