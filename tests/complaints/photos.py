"""Photos for tests of this room: rows that wait, files that are sent, without and with the darkroom."""

import hashlib
import io
import itertools
import secrets
from datetime import datetime

from PIL import Image

from cettar_site.base.seal import Vault
from cettar_site.complaints import store_photo
from cettar_site.complaints.actions_photo import LARGE, SMALL, sealed_facts
from cettar_site.complaints.rules_photo import Facts, Look
from cettar_site.complaints.store_photo import NewPhoto
from cettar_site.infra.darkroom_shelf import shelf
from cettar_site.infra.darkroom_worker import dhash
from cettar_site.infra.db import Database
from tests.complaints.makers import NOW, VAULT
from tests.infra.pictures import scene

_COUNT = itertools.count()


def jpeg(picture: Image.Image | None = None) -> bytes:
    """A JPEG, of a scene that no other test has unless given."""
    made = io.BytesIO()
    (picture or scene(9000 + next(_COUNT))).save(made, "JPEG", quality=85)
    return made.getvalue()


def look_of(picture: Image.Image) -> Look:
    """What is compared of a picture."""
    return Look(hashlib.sha256(picture.tobytes()).digest(), bytes.fromhex(dhash(picture)))


def photo(database: Database, picture: Image.Image | None = None, *, evidence: bool = False, at: datetime = NOW,
          facts: Facts | None = None, vault: Vault = VAULT, file: bool = False, sent_as: bytes | None = None) -> str:
    """The id of a photo that waits to be attached; with its sealed file if wanted."""
    picture = picture or scene(9000 + next(_COUNT))
    name, salt = secrets.token_hex(16), secrets.token_bytes(32)
    kept = sealed_facts(facts, salt, vault) if facts else None
    if file:
        shelf(database).put(name, vault.seal(salt, SMALL, b"small " + name.encode()),
                            vault.seal(salt, LARGE, b"large " + name.encode()))
    new = NewPhoto(name, evidence, salt, look_of(picture), *picture.size, 1000, sent_as, kept)
    with database.write() as session:
        return store_photo.add(session, new, at).id
