"""From a photo that is being sent to one that is kept: spooled, made anew, sealed, written down."""

import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from typing import IO

from starlette.concurrency import run_in_threadpool

from cettar_site.base.seal import SALT_BYTES
from cettar_site.complaints import store_photo
from cettar_site.complaints.actions_photo import LARGE, SMALL, sealed_facts
from cettar_site.complaints.rules_photo import Facts, Look
from cettar_site.complaints.store_photo import Arrived, NewPhoto
from cettar_site.infra import clock
from cettar_site.infra.darkroom import Picture, Reason, darkroom
from cettar_site.infra.darkroom_shelf import shelf
from cettar_site.infra.db import DatabaseFault, database
from cettar_site.infra.log import get_logger
from cettar_site.infra.vault import vault

MOST_BYTES = 10 * 1024 * 1024
AT_ONCE = 24
"""So many photos may be on their way to one process; each has room on the disk."""
AT_ONCE_A_NETWORK = 8
"""So many of them from one network: whoever sends slowly can't hold all the places."""
AT_A_TIME = 256 * 1024
KEY = re.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
log = get_logger(__name__)
_open: dict[int, str] = {}


class Full(Exception):
    """So many photos are on their way, at all or from this network, that no further one has room."""


class Upload:
    """A photo on its way: what came of it waits in a file without a name. Raises Full when there is no room.

    More than ten megabytes are not kept; `too_large` says so.
    """

    def __init__(self, who: str) -> None:
        """Take a place, of those that there are for the network `who`."""
        if len(_open) >= AT_ONCE or list(_open.values()).count(who) >= AT_ONCE_A_NETWORK:
            raise Full
        self._file: IO[bytes] = shelf(database()).spool()
        self._digest, self._waiting = hashlib.sha256(), bytearray()
        self.size = 0
        _open[id(self)] = who

    @property
    def too_large(self) -> bool:
        """Whether more came than a photo may have."""
        return self.size > MOST_BYTES

    def take(self, piece: bytes) -> None:
        """Take some more bytes; they are on the disk after the next `flush`."""
        self.size += len(piece)
        if not self.too_large:
            self._waiting += piece

    async def flush(self, *, all_of_it: bool = False) -> None:
        """Write down what waits, once it is worth it."""
        if self._waiting and (all_of_it or len(self._waiting) >= AT_A_TIME):
            piece, self._waiting = bytes(self._waiting), bytearray()
            await run_in_threadpool(self._write, piece)

    def _write(self, piece: bytes) -> None:
        self._digest.update(piece)
        self._file.write(piece)
        self._file.flush()

    async def keep(self, key: str = "", *, evidence: bool = False) -> Arrived | str:
        """Make it a kept photo, or say why not (a key of rules_photo.REFUSALS).

        With the key of a sending, the same file sent with it again is the same photo.
        """
        if self.too_large:
            return Reason.TOO_LARGE
        try:
            await self.flush(all_of_it=True)
            sent_as = self._sent_as(key)
            if sent_as and (earlier := await run_in_threadpool(_arrived, sent_as)):
                return earlier
            picture = await darkroom().develop(self._file, evidence=evidence)
            if isinstance(picture, Reason):
                return picture
            return await run_in_threadpool(_kept, picture, sent_as, evidence)
        except (OSError, DatabaseFault) as fault:  # the disk is full, the database is away: nothing is kept
            log.error("photo_not_kept", fault=type(fault).__name__)
            return Reason.BUSY

    def _sent_as(self, key: str) -> bytes | None:
        if KEY.fullmatch(key) is None:
            return None
        parts = b"cettar/photo/v1\0" + key.encode() + self._digest.digest()
        return hmac.digest(vault().secret, parts, hashlib.sha256)

    def close(self) -> None:
        """Give the room back."""
        self._file.close()
        _open.pop(id(self), None)


def _arrived(sent_as: bytes) -> Arrived | None:
    with database().read() as session:
        return store_photo.arrived(session, sent_as)


def _kept(picture: Picture, sent_as: bytes | None, evidence: bool) -> Arrived:
    """Seal the pictures into a file that is on the disk before the row says that they are there."""
    name, salt, seals, files = secrets.token_hex(16), secrets.token_bytes(SALT_BYTES), vault(), shelf(database())
    files.put(name, seals.seal(salt, SMALL, picture.small), seals.seal(salt, LARGE, picture.large))
    facts = sealed_facts(Facts(picture.taken_at, picture.position), salt, seals) if evidence else None
    look = Look(hashlib.sha256(picture.large).digest(), picture.dhash)
    new = NewPhoto(name, evidence, salt, look, picture.width, picture.height, len(picture.large), sent_as, facts)
    try:
        with database().write() as session:
            arrived = store_photo.add(session, new, clock.now())
    except DatabaseFault:
        files.remove([name])
        raise
    if arrived.id != name:  # the same sending came twice in one moment
        files.remove([name])
    return arrived


def key_of(said: Mapping[str, str], name: str) -> str:
    """The key of a sending as it was said, in its one spelling; what is none is ignored."""
    return said.get(name, "").strip().lower()
