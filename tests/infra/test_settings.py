"""Settings: a wrong one stops the start with its name and an example."""

import os
from dataclasses import fields
from pathlib import Path

import pytest

from cettar_site.__main__ import main
from cettar_site.infra.settings import VARIABLES, Settings, WrongSetting, read_settings


def given(tmp_path: Path, **more: str) -> dict[str, str]:
    return {"CETTAR_DATA_DIR": str(tmp_path / "data"), "PATH": "/bin", **more}


def test_nothing_set_is_a_working_site(tmp_path: Path) -> None:
    config = read_settings(given(tmp_path))
    assert (config.port, config.workers, config.demo, config.jobs) == (8000, 1, False, "site")
    assert config.data_dir.is_dir() and not config.tls


@pytest.mark.parametrize(("name", "value"), [
    ("CETTAR_PORT", "0"), ("CETTAR_PORT", "80a"), ("CETTAR_DEMO", "maybe"), ("CETTAR_DB_URL", "mysql://x"),
    ("CETTAR_SITE_URL", "cettar.example"), ("CETTAR_JOBS", "often"), ("CETTAR_SECRET", "short"),
    ("CETTAR_WORKERS", "2"), ("CETTAR_PROXY_HOPS", "-1"), ("CETTAR_PROT", "8000"),
])
def test_a_wrong_value_names_itself_and_an_example(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(WrongSetting, match=rf"{name}: .*Example: {name}="):
        read_settings(given(tmp_path, **{name: value}))


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(WrongSetting, match="CETTAR_DATA_DIR"):
        read_settings({"CETTAR_DATA_DIR": str(tmp_path / "file" / "below")})


def test_the_data_folder_is_made_for_its_owner_only(tmp_path: Path) -> None:
    made = read_settings({"CETTAR_DATA_DIR": str(tmp_path / "new")}).data_dir
    assert made.stat().st_mode & 0o777 == 0o700


def test_what_the_site_writes_is_its_owners_only() -> None:
    before = os.umask(0o022)
    try:
        with pytest.raises(SystemExit):
            main([])
    finally:
        mask = os.umask(before)
    assert mask == 0o077


def test_the_secret_is_made_once_and_kept_for_its_owner_only(tmp_path: Path) -> None:
    first, second = read_settings(given(tmp_path)), read_settings(given(tmp_path))
    assert first.secret == second.secret and len(first.secret) == 64
    assert (first.data_dir / "secret").stat().st_mode & 0o777 == 0o600


def test_every_variable_is_a_field_and_every_field_a_variable() -> None:
    assert {v.name.removeprefix("CETTAR_").lower() for v in VARIABLES} == {f.name for f in fields(Settings)}


def test_https_is_told_by_the_site_address(tmp_path: Path) -> None:
    assert read_settings(given(tmp_path, CETTAR_SITE_URL="https://cettar.example/")).origin == "https://cettar.example"
