"""Every setting, read once from the environment into one frozen dataclass.

A wrong value stops the start with the variable's name and an example, because a site that
half understands its settings fails later and elsewhere.
"""

import os
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

TRUE = {"1", "true", "on", "yes"}
FALSE = {"0", "false", "off", "no", ""}


class WrongSetting(Exception):
    """A setting that can't be used: its name, what is wrong, an example that works."""

    def __init__(self, name: str, fault: str, example: str) -> None:
        super().__init__(f"{name}: {fault}. Example: {name}={example}")
        self.name = name


@dataclass(frozen=True, slots=True)
class Variable:
    """One environment variable: its name, default, meaning and how it is read."""

    name: str
    default: str
    meaning: str
    example: str
    read: Callable[[str], object]


def _flag(text: str) -> bool:
    if text.lower() in TRUE:
        return True
    if text.lower() in FALSE:
        return False
    raise ValueError("must be 1 or 0")


def _number(low: int, high: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not text.isdecimal() or not low <= int(text) <= high:
            raise ValueError(f"must be a whole number from {low} to {high}")
        return int(text)

    return read


def _one_of(*choices: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in choices:
            raise ValueError(f"must be one of {', '.join(choices)}")
        return text

    return read


def _address(*schemes: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text == "":
            return ""
        parts = urlsplit(text)
        if parts.scheme not in schemes or not (parts.netloc or parts.path):
            raise ValueError(f"must start with {' or '.join(s + '://' for s in schemes)}")
        return text.rstrip("/")

    return read


def _text(text: str) -> str:
    return text


def _sender(text: str) -> str:
    if text and not re.fullmatch(r"(?:[^<>@]*<)?[^<>@\s]+@[^<>@\s]+\.[^<>@\s]+>?", text):
        raise ValueError("must hold an address")
    return text


VARIABLES: tuple[Variable, ...] = (
    Variable("CETTAR_DATA_DIR", "data", "Folder of the database, the secret, caches", "/var/lib/cettar", _text),
    Variable("CETTAR_DB_URL", "", "PostgreSQL instead of the embedded SQLite",
             "postgresql://cettar@localhost/cettar", _address("postgresql", "sqlite")),
    Variable("CETTAR_REDIS_URL", "", "Redis, so that several workers count a client's acts together",
             "redis://localhost:6379/0", _address("redis", "rediss", "unix")),
    Variable("CETTAR_HOST", "127.0.0.1", "Address to listen on", "127.0.0.1", _text),
    Variable("CETTAR_PORT", "8000", "Port to listen on", "8000", _number(1, 65535)),
    Variable("CETTAR_SITE_URL", "", "Public origin of the site, without a path; https switches HSTS on",
             "https://cettar.example", _address("http", "https")),
    Variable("CETTAR_WORKERS", "1", "Processes; more than one needs PostgreSQL and Redis", "2", _number(1, 64)),
    Variable("CETTAR_PROXY_HOPS", "0", "Trusted proxies in front, for the client's address", "1", _number(0, 5)),
    Variable("CETTAR_DEMO", "0", "Simulated data while the real database is empty", "1", _flag),
    Variable("CETTAR_JOBS", "site", "Where background jobs run: in the site's process, or not here (off)",
             "site", _one_of("site", "off")),
    Variable("CETTAR_SECRET", "", "Secret for access codes, at least 32 characters; made and kept in the data "
             "folder if not given", "9f2c…(64 hex characters)", _text),
    Variable("CETTAR_SMTP_URL", "", "Mail server for notices; without it no form asks for an address",
             "smtp://cettar:secret@mail.example:587", _address("smtp", "smtps")),
    Variable("CETTAR_MAIL_FROM", "", "Sender of the notices", "CETTAR <kabar@cettar.example>", _sender),
    Variable("CETTAR_SISKAPERBAPO_URL", "https://siskaperbapo.jatimprov.go.id", "Publisher of East Java's prices",
             "https://siskaperbapo.jatimprov.go.id", _address("http", "https")),
    Variable("CETTAR_FEED_LOOPBACK", "0", "Let feeds dial this machine; for tests only", "0", _flag),
    Variable("CETTAR_LOG_LEVEL", "info", "How much is logged", "info", _one_of("debug", "info", "warning", "error")),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of one process; the field names are the variables' without the prefix."""

    data_dir: Path
    db_url: str
    redis_url: str
    host: str
    port: int
    site_url: str
    workers: int
    proxy_hops: int
    demo: bool
    jobs: str
    secret: bytes
    smtp_url: str
    mail_from: str
    siskaperbapo_url: str
    feed_loopback: bool
    log_level: str

    @property
    def origin(self) -> str:
        """The public origin, such as https://cettar.example."""
        return self.site_url or f"http://localhost:{self.port}"

    @property
    def tls(self) -> bool:
        """Whether visitors come over https."""
        return self.origin.startswith("https://")


def _secret(given: str, data_dir: Path) -> bytes:
    """The given secret, or the one in the data folder, made on first use (file mode 0600)."""
    if given:
        if len(given) < 32:
            raise WrongSetting("CETTAR_SECRET", "must have at least 32 characters", secrets.token_hex(32))
        return given.encode()
    path = data_dir / "secret"
    try:
        # O_EXCL: two processes that start together must not each keep a secret of their own.
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_bytes()
    with os.fdopen(handle, "wb") as file:
        file.write(secrets.token_hex(32).encode())
        file.flush()
        os.fsync(file.fileno())
    return path.read_bytes()


def read_settings(environ: Mapping[str, str]) -> Settings:
    """Settings from an environment. Raises WrongSetting."""
    values: dict[str, object] = {}
    for variable in VARIABLES:
        text = environ.get(variable.name, variable.default).strip() or variable.default
        try:
            values[variable.name.removeprefix("CETTAR_").lower()] = variable.read(text)
        except ValueError as fault:
            raise WrongSetting(variable.name, str(fault), variable.example) from fault
    for name in environ:
        if name.startswith("CETTAR_") and name not in {v.name for v in VARIABLES}:
            raise WrongSetting(name, "is not a setting of CETTAR; see README", VARIABLES[0].name)
    data_dir = Path(str(values["data_dir"])).expanduser().absolute()
    try:
        data_dir.mkdir(0o700, parents=True, exist_ok=True)
    except OSError as fault:
        raise WrongSetting("CETTAR_DATA_DIR", f"can't be made ({fault.strerror})", "/var/lib/cettar") from fault
    values["data_dir"] = data_dir
    values["secret"] = _secret(str(values["secret"]), data_dir)
    if values["workers"] != 1 and not (str(values["db_url"]).startswith("postgresql") and values["redis_url"]):
        raise WrongSetting("CETTAR_WORKERS", "more than one needs CETTAR_DB_URL (PostgreSQL) and CETTAR_REDIS_URL",
                           "1")
    return Settings(**values)  # type: ignore[arg-type]


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process, read on first use. Raises WrongSetting."""
    return read_settings(os.environ)
