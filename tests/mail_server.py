"""A mail server on this machine that keeps what it is given, and refuses what it is told to."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.site import HOST, free_port

NO_SUCH, LATER = "tidak-ada", "nanti"
"""Beginnings of addresses that are refused for good, and for now."""


@dataclass
class Box:
    """What arrived."""

    port: int
    letters: list[tuple[list[str], EmailMessage]] = field(default_factory=list)

    @property
    def url(self) -> str:
        """How a site is told of it."""
        return f"smtp://{HOST}:{self.port}"

    async def handle_RCPT(self, _server: SMTP, _session: Session, envelope: Envelope, address: str,
                          _options: list[str]) -> str:
        """Refuse some addresses, as real servers do."""
        if address.startswith(NO_SUCH):
            return "550 5.1.1 no such user"
        if address.startswith(LATER):
            return "451 4.7.1 try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        """Keep a letter."""
        made = message_from_bytes(envelope.original_content or b"", policy=policy.default)
        assert isinstance(made, EmailMessage)
        self.letters.append((list(envelope.rcpt_tos), made))
        return "250 OK"


@contextmanager
def mail_server() -> Iterator[Box]:
    """A server for as long as the context lasts."""
    box = Box(free_port())
    controller = Controller(box, hostname=HOST, port=box.port)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()
