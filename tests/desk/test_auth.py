"""Passwords, tokens and the cookie."""

import dataclasses

import pytest

from cettar_site.infra import auth
from cettar_site.infra.settings import settings
from tests.desk.makers import HASH, PASSWORD


def test_a_password_is_kept_as_argon2id_with_64_mib() -> None:
    assert HASH.startswith("$argon2id$v=19$m=65536,t=3,")
    assert PASSWORD not in HASH


def test_only_the_password_fits() -> None:
    assert auth.password_fits(HASH, PASSWORD)
    assert not auth.password_fits(HASH, PASSWORD + " ")
    assert not auth.password_fits(HASH, "")
    assert not auth.password_fits(HASH, PASSWORD + "x" * 1000)
    assert not auth.password_fits(None, PASSWORD), "an account that is not there"
    assert not auth.password_fits("not a hash", PASSWORD)


def test_made_passwords_differ_and_are_long_enough() -> None:
    made = {auth.new_password() for _ in range(200)}
    assert len(made) == 200 and min(map(len, made)) >= auth.SHORTEST_PASSWORD


def test_a_form_token_belongs_to_its_session() -> None:
    token = auth.new_token()
    assert len(token) >= 43
    assert auth.form_token_fits(token, auth.form_token(token))
    for wrong in ("", "x", "é", auth.form_token(auth.new_token()), token):
        assert not auth.form_token_fits(token, wrong)
    assert auth.form_token(token) not in token and auth.token_hash(token) != token.encode()


def test_the_cookie_is_out_of_reach(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = auth.set_cookie("abc")
    assert plain.startswith("cettar_session=abc; ")
    assert {"Path=/", "HttpOnly", "SameSite=Strict", "Max-Age=43200"} <= set(plain.split("; "))
    assert "Secure" not in plain
    tls = dataclasses.replace(settings(), site_url="https://cettar.example")
    monkeypatch.setattr(auth, "settings", lambda: tls)
    secure = auth.set_cookie("abc")
    assert secure.startswith("__Host-cettar=abc; Path=/; ") and secure.endswith("; Secure")
    assert "Domain" not in secure and "Max-Age=0" in auth.set_cookie("")
    assert auth.session_token({"cettar_session": "abc"}) == "", "over https only the prefix counts"
    assert auth.session_token({"__Host-cettar": "abc"}) == "abc"
