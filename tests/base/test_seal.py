"""What is sealed can be opened with the same secret and salt, and with nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cettar_site.base.seal import SALT_BYTES, Broken, Vault

VAULT, SALT = Vault(b"one secret of at least 32 letters!"), b"s" * SALT_BYTES


@given(st.binary(max_size=300), st.integers(0, 10_000))
def test_what_was_sealed_is_opened_again(plain: bytes, number: int) -> None:
    sealed = VAULT.seal(SALT, number, plain)
    assert VAULT.open(SALT, number, sealed) == plain
    assert len(sealed) == len(plain) + 16 and (len(plain) < 4 or plain not in sealed)


@pytest.mark.parametrize(("secret", "salt", "number"), [
    (b"another secret of 32 letters or so", SALT, 1), (VAULT.secret, b"t" * SALT_BYTES, 1), (VAULT.secret, SALT, 2),
    (VAULT.secret, b"short", 1)])
def test_another_secret_salt_or_number_opens_nothing(secret: bytes, salt: bytes, number: int) -> None:
    sealed = VAULT.seal(SALT, 1, b"cerita rahasia")
    with pytest.raises(Broken):
        Vault(secret).open(salt, number, sealed)


@given(st.integers(0, 29), st.integers(1, 255))
def test_a_changed_byte_is_found(at: int, change: int) -> None:
    sealed = bytearray(VAULT.seal(SALT, 1, b"cerita rahasia"))
    sealed[at] ^= change
    with pytest.raises(Broken):
        VAULT.open(SALT, 1, bytes(sealed))


def test_a_vault_never_prints_its_secret() -> None:
    assert "secret" not in repr(VAULT) + str(VAULT)
