"""What comes from the filer's page, done: the words of each act lie in a field of its own."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from cettar_site.base.errors import Refused
from cettar_site.base.seal import Vault
from cettar_site.complaints import actions_citizen
from cettar_site.complaints.rules import Case
from cettar_site.complaints.rules_citizen import WORDS_IN, Act, check_sure


def do(session: Session, case: Case, act: Act, typed: Mapping[str, str], now: datetime, vault: Vault) -> Case:
    """Do the act; problems name the fields of the page. Raises Refused, Conflict, TooMany."""
    name = WORDS_IN.get(act, "")
    try:
        return _do(session, case, act, typed, typed.get(name, ""), now, vault)
    except Refused as refused:
        raise Refused(tuple(replace(one, field=name) if one.field == "text" else one
                            for one in refused.problems)) from None


def _do(session: Session, case: Case, act: Act, typed: Mapping[str, str], text: str, now: datetime,
        vault: Vault) -> Case:
    if act is Act.CONFIRM:
        return actions_citizen.confirm(session, case, now, vault)
    if act is Act.DISPUTE:
        return actions_citizen.dispute(session, case, text, now, vault)
    if act is Act.RATE:
        return actions_citizen.rate(session, case, typed.get("rating", ""), now, vault)
    if act is Act.MESSAGE:
        return actions_citizen.message(session, case, text, now, vault)
    if act is Act.WITHDRAW:
        return actions_citizen.withdraw(session, case, text, now, vault)
    check_sure(typed.get("sure", ""))
    return actions_citizen.erase(session, case, now, vault)
