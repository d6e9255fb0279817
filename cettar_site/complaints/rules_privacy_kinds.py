"""The kinds of personal things that are looked for in a text, and where one was found."""

from enum import StrEnum
from typing import NamedTuple

MASK = "▒▒▒"


class Personal(StrEnum):
    """What was recognised."""

    NIK = "nik"  # sixteen digits: a citizen's number, a family card's, a bank card's
    PHONE = "phone"
    EMAIL = "email"
    PLATE = "plate"
    NAME = "name"
    ADDRESS = "address"
    ACCOUNT = "account"
    NUMBER = "number"  # of an insurance, an official, a customer, a patient
    HANDLE = "handle"  # of a person on social media


class Span(NamedTuple):
    """Letters of a text from `start` up to `end`."""

    start: int
    end: int
    kind: Personal


