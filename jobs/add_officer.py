"""Make an account of the desk: `python -m jobs add_officer --email … --agency DINKES [--role supervisor]`.

With --reset, an account that is there gets a new password and sets up its second factor anew: the way back in
for the last admin. Every role; the agency may be a unit, such as a hospital.
"""

import argparse
import sys
from datetime import datetime
from getpass import getpass

from cettar_site.base.errors import Conflict, Refused
from cettar_site.base.words import mark, words
from cettar_site.desk import actions_account
from cettar_site.desk import actions_door as actions
from cettar_site.desk.rules_door import Role, check_account
from cettar_site.infra.auth import SHORTEST_PASSWORD, hash_password, new_password
from cettar_site.infra.db import Database
from cettar_site.jatim import agencies
from jobs.report import JobOptions, JobReport


def email(text: str) -> str:
    """An address of the command line."""
    try:
        return check_account(text, agencies.PROVINCIAL[0].code)
    except Refused as refused:
        raise argparse.ArgumentTypeError(words("en")(refused.problems[0].text)) from None


def agency(text: str) -> str:
    """An agency's code on the command line."""
    if agencies.by_code(text.upper()) is None:
        near = [one.code for one in agencies.PROVINCIAL
                if text.upper() in one.code or text.lower() in one.name.lower()]
        raise argparse.ArgumentTypeError(f"no agency {text!r}; try {', '.join(near[:5]) or 'DINKES'}")
    return text.upper()


def arguments(parser: argparse.ArgumentParser) -> None:
    """The job's own options."""
    parser.add_argument("--email", type=email, required=True, help="address to sign in with")
    parser.add_argument("--agency", type=agency, required=True,
                        help="code of the agency or unit, such as DINKES or RSUD-SOETOMO")
    parser.add_argument("--role", type=Role, choices=list(Role), default=Role.OFFICER,
                        help="triage sorts, officer answers for the agency or unit, supervisor reads everything, "
                             "auditor checks claims and the trail, admin manages accounts")
    parser.add_argument("--reset", action="store_true",
                        help="the account is there: a new password, and its second factor is set up anew")


def run(db: Database, *, now: datetime, options: JobOptions) -> JobReport:
    """Make the account; the password is asked for on a terminal, else made and printed this once."""
    address, code = str(options.values["email"]), str(options.values["agency"])
    password = asked() if sys.stdin.isatty() else ""
    made = "" if password else new_password()
    kept, role = hash_password(password or made), Role(options.values["role"])
    if options.values.get("reset"):
        return reset(db, address, kept, made, now)
    try:
        with db.write() as session:
            officer = actions.add_officer(session, address, code, role, kept, now, must_change=bool(made))
    except Conflict:
        return JobReport(rows_in=1, rows_refused=1, detail=mark("Alamat ini sudah punya akun; tidak ada "
                                                                "yang diubah"))
    show(made)
    return JobReport(rows_in=1, detail=mark("Akun {officer} dibuat untuk {agency}"),
                     facts={"officer": officer.pseudonym, "agency": code})


def reset(db: Database, address: str, kept: str, made: str, now: datetime) -> JobReport:
    """Give an account that is there a new password and no second factor."""
    with db.write() as session:
        officer = actions_account.reset_by_hand(session, address, kept, now, must_change=bool(made))
    if officer is None:
        return JobReport(rows_in=1, rows_refused=1, detail=mark("Alamat ini belum punya akun; tidak ada yang diubah"))
    show(made)
    return JobReport(rows_in=1, detail=mark("Akun {officer} diatur ulang"), facts={"officer": officer.pseudonym})


def show(made: str) -> None:
    """Print a password that was made, this once."""
    if made:
        print(f"Password, shown this once: {made}")


def asked() -> str:
    """A password typed twice; empty if none was wanted."""
    while True:
        first = getpass(f"Password, at least {SHORTEST_PASSWORD} characters (empty: make one): ")
        if not first:
            return ""
        if len(first) < SHORTEST_PASSWORD:
            print("Too short.")
        elif getpass("Again: ") == first:
            return first
        else:
            print("These are not the same.")
