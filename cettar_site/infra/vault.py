"""This site's vault: seals and opens what people wrote, with the secret of the settings."""

from functools import lru_cache

from cettar_site.base.seal import Vault
from cettar_site.infra.settings import settings


@lru_cache(maxsize=1)
def vault() -> Vault:
    """The vault of this process."""
    return Vault(settings().secret)
