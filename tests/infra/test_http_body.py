"""Bounded reading: bombs, cuts, all ways of packing, in pieces of any size."""

import gzip
import tracemalloc
import zlib
from collections.abc import Callable, Iterator

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cettar_site.base.errors import ForeignFailure
from cettar_site.infra.http import FeedClient
from cettar_site.infra.http_body import MEMBERS, BadBody, read_body
from cettar_site.infra.http_cache import MemoryCache
from tests.infra.fake_network import EAGER, NOON
from tests.infra.publisher import Publisher
from tests.infra.publisher_behaviours import bomb, deflate_raw

CAP = 100_000
PACKERS: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "plain": ("", bytes), "identity": ("identity", bytes), "gzip": ("gzip", gzip.compress),
    "x-gzip": ("X-GZIP", gzip.compress), "deflate": ("deflate", zlib.compress),
    "raw": ("deflate", deflate_raw),
}


def pieces(data: bytes, size: int) -> Iterator[bytes]:
    for start in range(0, len(data), size):
        yield data[start:start + size]


def kind(chunks: Iterator[bytes] | list[bytes], encoding: str, largest: int = CAP) -> str:
    with pytest.raises(BadBody) as caught:
        read_body(chunks, encoding, largest)
    return caught.value.kind


@pytest.mark.parametrize("packer", PACKERS)
@given(body=st.binary(max_size=3_000) | st.builds(lambda n: b"harga " * n, st.integers(0, 15_000)),
       size=st.integers(1, 70_000))
def test_packed_and_cut_anyhow_the_body_is_the_same(packer: str, body: bytes, size: int) -> None:
    encoding, pack = PACKERS[packer]
    assert read_body(pieces(pack(body), size), encoding, CAP) == body


@pytest.mark.parametrize("packer", ["gzip", "deflate", "raw"])
@given(data=st.data())
def test_no_cut_goes_unnoticed(packer: str, data: st.DataObject) -> None:
    encoding, pack = PACKERS[packer]
    packed = pack(b"Bawang Merah 16.500 " * 50)
    cut = data.draw(st.integers(1, len(packed) - 1))
    assert kind([packed[:cut]], encoding) == "truncated"


@given(noise=st.binary(min_size=1, max_size=2_000))
def test_noise_is_refused_or_bounded(noise: bytes) -> None:
    for encoding in ("gzip", "deflate"):
        try:
            assert len(read_body([noise], encoding, CAP)) <= CAP
        except BadBody as fault:
            assert fault.kind in ("corrupt", "truncated", "bomb", "too_big")


@pytest.mark.parametrize("size", [1, 7, 4_096, 65_536, 10**7])
def test_a_bomb_ends_at_the_limit(size: int) -> None:
    assert kind(pieces(bomb(60), size), "gzip") == "bomb"


def test_the_limit_is_exact() -> None:
    for encoding, pack in PACKERS.values():
        assert len(read_body([pack(b"x" * CAP)], encoding, CAP)) == CAP
        assert kind([pack(b"x" * (CAP + 1))], encoding) in ("bomb", "too_big")


def test_much_honest_text_is_big_not_a_bomb() -> None:
    text = b"".join(b"%d;Bawang Merah;%d\n" % (n, n * 7919 % 50_000) for n in range(20_000))
    assert kind([gzip.compress(text)], "gzip") == "too_big"


def test_many_members_are_refused_a_few_are_read() -> None:
    assert read_body([gzip.compress(b"a") * MEMBERS], "gzip", CAP) == b"a" * MEMBERS
    assert kind([gzip.compress(b"") * (MEMBERS + 1)], "gzip") == "corrupt"
    assert kind([zlib.compress(b"a") * 2], "deflate") == "corrupt"


@pytest.mark.parametrize("encoding", ["br", "zstd", "compress", "gzip, gzip", "gzip,br", "chunked", "\x00"])
def test_other_packing_is_refused(encoding: str) -> None:
    assert kind([gzip.compress(b"a")], encoding) == "encoding"


def peak_of(act: Callable[[], object]) -> int:
    """The most bytes held at a time while something is done."""
    bomb()
    tracemalloc.start()
    try:
        act()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def blows_up(url: str) -> None:
    with pytest.raises(ForeignFailure) as caught:
        FeedClient(True, MemoryCache(), lambda: NOON, EAGER).get(url)
    assert caught.value.kind == "bomb"


def test_a_bomb_costs_little_memory() -> None:
    with Publisher() as publisher:
        publisher.behave("gzip_bomb")
        assert peak_of(lambda: blows_up(publisher.url("/"))) < 25_000_000


def naive(url: str, largest: int = EAGER.largest) -> None:
    """Planted: what looks careful, counting as it reads, but lets httpx unpack."""
    total = 0
    with httpx.stream("GET", url, trust_env=False, timeout=5) as response:
        for chunk in response.iter_bytes():
            total += len(chunk)
            if total > largest:
                return


def test_a_naive_client_would_fail_the_test_before() -> None:
    with Publisher() as publisher:
        publisher.behave("gzip_bomb")
        assert peak_of(lambda: naive(publisher.url("/"))) > 50_000_000
