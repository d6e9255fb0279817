"""What only the filer may do is done by nobody else, whoever calls; no other system ends what was filed here."""

import pytest

from cettar_site.base.errors import Conflict
from cettar_site.complaints import actions_happen
from cettar_site.complaints.rules import CITIZEN, SYSTEM, Kind, State
from cettar_site.infra.db import Database
from tests.complaints.makers import OFFICER, case_of, filed, happens

FILERS = [Kind.CONFIRMED, Kind.DISPUTED, Kind.RATED, Kind.WITHDRAWN, Kind.MESSAGED, Kind.ERASED]


def answered(database: Database) -> str:
    number = filed(database).number
    happens(database, number, Kind.ANSWERED, 1, "Sudah kami tambal tadi pagi di depan pasar.")
    return number


@pytest.mark.parametrize("kind", FILERS)
@pytest.mark.parametrize("actor", [OFFICER, SYSTEM, "", "Citizen"])
def test_nobody_speaks_for_the_filer(database: Database, kind: Kind, actor: str) -> None:
    number = answered(database)
    if (kind, actor) != (Kind.ERASED, SYSTEM):
        with pytest.raises(Conflict):
            happens(database, number, kind, 2, detail="5" if kind is Kind.RATED else "", actor=actor or " ")
        assert case_of(database, number).life.seq == 3


@pytest.mark.parametrize("kind", FILERS)
def test_the_filer_does(database: Database, kind: Kind) -> None:
    number = answered(database)
    after = happens(database, number, kind, 2, detail="5" if kind is Kind.RATED else "", actor=CITIZEN)
    assert after.events[-1].kind is kind


def test_a_restored_backup_may_be_erased_again_by_the_site(database: Database) -> None:
    assert happens(database, answered(database), Kind.ERASED, 2, actor=SYSTEM).life.erased


@pytest.mark.parametrize("actor", [OFFICER, SYSTEM, CITIZEN])
def test_what_was_filed_here_is_closed_by_no_other_system(database: Database, actor: str) -> None:
    number = answered(database)
    with pytest.raises(Conflict):
        happens(database, number, Kind.CLOSED, 2, detail="sistem", actor=actor)
    assert case_of(database, number).life.state is State.ANSWERED


def test_without_the_check_a_desk_could_confirm_its_own_claim(database: Database,
                                                              monkeypatch: pytest.MonkeyPatch) -> None:
    """The planted violation: it is this check and nothing else that stops it."""
    number = answered(database)
    monkeypatch.setattr(actions_happen, "check_actor", lambda *_: None)
    assert happens(database, number, Kind.CONFIRMED, 2, actor=OFFICER).life.state is State.CONFIRMED
