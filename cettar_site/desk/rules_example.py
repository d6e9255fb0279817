"""The demo's accounts at the desk. Their password and second factor are no secrets: they exist in the demo alone."""

from __future__ import annotations

from dataclasses import dataclass

from cettar_site.desk.rules_door import Role

PASSWORD = "contoh-jawa-timur"  # noqa: S105
# argon2id of PASSWORD: a rule may not hash (64 MiB), and every demo may have the same.
PASSWORD_HASH = ("$argon2id$v=19$m=65536,t=3,p=4$MKAaI3OW9I3HEq3OySfGrw$"  # noqa: S105
                 "a0IvNS2AvgV8Q8HIMqA40c/LrLRpYhINLWznRw3dD/E")
FACTOR = "JAWATIMURCETTARCONTOHJAWATIMUR22"
"""The second factor of all of them, in base32; the demo's own pages tell the code of the moment."""


@dataclass(frozen=True, slots=True)
class ExampleOfficer:
    """An account to try the desk with."""

    email: str
    agency_code: str
    role: Role


EXAMPLE_OFFICERS: tuple[ExampleOfficer, ...] = (
    ExampleOfficer("petugas@contoh.invalid", "DPUBM", Role.OFFICER),
    ExampleOfficer("pengawas@contoh.invalid", "KOMINFO", Role.SUPERVISOR),
    ExampleOfficer("pemilah@contoh.invalid", "KOMINFO", Role.TRIAGE),
    ExampleOfficer("pemeriksa@contoh.invalid", "INSPEKTORAT", Role.AUDITOR),
    ExampleOfficer("pengelola@contoh.invalid", "KOMINFO", Role.ADMIN),
)
EXAMPLE_EMAILS = frozenset(officer.email for officer in EXAMPLE_OFFICERS)
