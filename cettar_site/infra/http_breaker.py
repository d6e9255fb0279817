"""Leave a host alone that keeps failing, and one host never asked twice at once or too soon."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Ticks:
    """A clock that only counts, in seconds, and how to wait on it; tests bring their own."""

    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep


@dataclass(slots=True)
class _Line:
    """What is known of one host: faults in a row, and until when it is left alone if open."""

    faults: int = 0
    until: float = 0.0
    open: bool = False


class Breaker:
    """Opens after so many faults in a row; after a pause one trial passes: good closes it, bad pauses on."""

    def __init__(self, faults: int, pause: float, ticks: Ticks) -> None:
        self._faults = faults
        self._pause = pause
        self._ticks = ticks
        self._lines: dict[str, _Line] = {}
        self._lock = threading.Lock()

    def admits(self, host: str) -> bool:
        """Whether the host may be asked now; each yes after a pause is the one trial of that pause."""
        with self._lock:
            line = self._lines.get(host)
            if line is None or not line.open:
                return True
            now = self._ticks.now()
            if now < line.until:
                return False
            # Half open. Should this trial never report back, the next pause ends all the same.
            line.until = now + self._pause
            return True

    def passed(self, host: str) -> None:
        """The host answered as it should."""
        with self._lock:
            self._lines.pop(host, None)

    def failed(self, host: str) -> None:
        """The host failed once more."""
        with self._lock:
            line = self._lines.setdefault(host, _Line())
            line.faults += 1
            if line.open or line.faults >= self._faults:
                line.open = True
                line.until = self._ticks.now() + self._pause

    def paused(self) -> dict[str, float]:
        """The hosts left alone now, each with the seconds until the next trial."""
        with self._lock:
            now = self._ticks.now()
            return {host: max(0.0, line.until - now) for host, line in self._lines.items() if line.open}


@dataclass(slots=True)
class _Seat:
    """One host's place: who holds the lock is being served; free again at `free_at`."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    free_at: float = 0.0


class Turns:
    """One request at a time per host, and some time between two."""

    def __init__(self, min_interval: float, ticks: Ticks) -> None:
        self._min_interval = min_interval
        self._ticks = ticks
        self._seats: dict[str, _Seat] = {}
        self._lock = threading.Lock()

    @contextmanager
    def of(self, host: str) -> Iterator[None]:
        """Wait for one's turn at a host, and hold it."""
        with self._lock:
            seat = self._seats.setdefault(host, _Seat())
        with seat.lock:
            wait = seat.free_at - self._ticks.now()
            if wait > 0:
                self._ticks.sleep(wait)
            try:
                yield
            finally:
                seat.free_at = self._ticks.now() + self._min_interval
