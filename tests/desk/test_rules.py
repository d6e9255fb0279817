"""The matrix of roles, and what an answer must say."""

import pytest

from cettar_site.base.errors import Forbidden, NotFound, Refused
from cettar_site.desk.rules import Act, Officer, Role, check_answer, check_may, queue_of

# Role × act × whose complaint → what happens. Everything that is not here must not exist.
MATRIX = [
    (Role.OFFICER, Act.READ, "own", None), (Role.OFFICER, Act.ACKNOWLEDGE, "own", None),
    (Role.OFFICER, Act.ANSWER, "own", None),
    (Role.OFFICER, Act.READ, "other", NotFound), (Role.OFFICER, Act.ACKNOWLEDGE, "other", NotFound),
    (Role.OFFICER, Act.ANSWER, "other", NotFound),
    (Role.SUPERVISOR, Act.READ, "own", None), (Role.SUPERVISOR, Act.READ, "other", None),
    (Role.SUPERVISOR, Act.ACKNOWLEDGE, "own", Forbidden), (Role.SUPERVISOR, Act.ACKNOWLEDGE, "other",
                                                           Forbidden),
    (Role.SUPERVISOR, Act.ANSWER, "own", Forbidden), (Role.SUPERVISOR, Act.ANSWER, "other", Forbidden),
    *((Role.TRIAGE, act, "own", None) for act in Act),
    *((Role.TRIAGE, act, "other", NotFound) for act in Act),
    *((role, act, whose, NotFound)
      for role in (Role.AUDITOR, Role.ADMIN) for act in Act for whose in ("own", "other")),
]


def some(role: Role) -> Officer:
    return Officer(1, "P-234567", "a@example.go.id", "DINKES", role)


def test_the_matrix_is_whole() -> None:
    assert len({row[:3] for row in MATRIX}) == len(MATRIX) == len(Role) * len(Act) * 2


@pytest.mark.parametrize(("role", "act", "whose", "refusal"), MATRIX)
def test_who_may_do_what(role: Role, act: Act, whose: str, refusal: type[Exception] | None) -> None:
    agency = "DINKES" if whose == "own" else "DINSOS"
    if refusal is None:
        check_may(some(role), act, agency)
    else:
        with pytest.raises(refusal):
            check_may(some(role), act, agency)


def test_whose_complaints_are_in_the_queue() -> None:
    assert (queue_of(some(Role.OFFICER)), queue_of(some(Role.SUPERVISOR))) == ("DINKES", None)


@pytest.mark.parametrize("text", ["", "   ", "Siap.", "x" * 4001])
def test_an_answer_must_say_something(text: str) -> None:
    with pytest.raises(Refused):
        check_answer(text)
    assert check_answer("  Kami perbaiki besok pagi.\r\n") == "Kami perbaiki besok pagi."
