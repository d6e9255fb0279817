"""The tree of errors: what each carries and how it reads in a log."""

import pytest

from cettar_site.base.errors import (
    CettarError,
    Conflict,
    Forbidden,
    ForeignFailure,
    NotFound,
    Problem,
    Refused,
    TooMany,
)


def test_a_message_reads_with_its_facts():
    assert str(CettarError("no such region", code="35.99")) == "no such region (code='35.99')"
    assert str(CettarError("nothing to add")) == "nothing to add"
    assert CettarError("x", code=1).facts == {"code": 1}


@pytest.mark.parametrize(
    "error",
    [
        Refused((Problem("isi", "Tulis apa yang terjadi"),)),
        NotFound("no such number"),
        Forbidden("not yours"),
        Conflict("changed meanwhile"),
        TooMany(2.5),
        ForeignFailure("timeout", "no answer in 20 s", "http://127.0.0.1/"),
    ],
)
def test_every_error_is_caught_as_one(error: CettarError):
    with pytest.raises(CettarError):
        raise error


def test_refused_names_the_fields_but_logs_no_typed_text():
    error = Refused((Problem("isi", "Tulis apa yang terjadi"), Problem("", "Coba lagi")))
    assert [problem.field for problem in error.problems] == ["isi", ""]
    assert "Tulis" not in str(error)


def test_too_many_says_when_to_come_back():
    assert TooMany(30).retry_after == 30


def test_a_foreign_failure_keeps_what_status_shows():
    error = ForeignFailure("status", "answered 403", "http://127.0.0.1/produsen")
    assert (error.kind, error.detail, error.address) == (
        "status",
        "answered 403",
        "http://127.0.0.1/produsen",
    )
    assert "403" in str(error)
