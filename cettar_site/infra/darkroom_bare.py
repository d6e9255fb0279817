"""Whether a JPEG holds its pixels and nothing else: asked of each picture before it is kept.

The process that makes them opened what anybody may have sent. So its word is not taken: the file is walked from
marker to marker, and each of them must be one that a decoder needs.
"""

from collections.abc import Iterator

START, END, SCAN = 0xD8, 0xD9, 0xDA
JFIF = b"JFIF\x00"
JFIF_BYTES = 16
"""An APP0 as our encoder writes it: version and density, no thumbnail inside."""
# Frame (baseline, progressive), Huffman tables, quantization tables, restart interval, scan.
NEEDED = frozenset({0xC0, 0xC2, 0xC4, 0xDB, 0xDD, SCAN})


def excess(jpeg: bytes) -> str:
    """The first thing in the file that does not belong to its pixels, in a few words; empty for a bare JPEG."""
    if jpeg[:2] != b"\xff\xd8":
        return "no JPEG"
    frames = 0
    for marker, start, end in segments(jpeg):
        if marker == END:
            return "" if end == len(jpeg) and frames == 1 else "something after the end, or no picture"
        if marker == 0xE0:
            if end - start != JFIF_BYTES or not jpeg.startswith(JFIF, start + 2):
                return "an APP0 that is not a bare JFIF"
        elif marker not in NEEDED:
            return f"marker {marker:02X}"
        frames += marker in (0xC0, 0xC2)
    return "no end"


def segments(jpeg: bytes) -> Iterator[tuple[int, int, int]]:
    """Each marker after the start, where its segment begins and where it ends; stops where the file is broken."""
    at = 2
    while at + 2 <= len(jpeg) and jpeg[at] == 0xFF:
        marker = jpeg[at + 1]
        if marker == END:
            yield marker, at + 2, at + 2
            return
        size = int.from_bytes(jpeg[at + 2:at + 4], "big")
        end = at + 2 + size
        if size < 2 or end > len(jpeg):
            return
        yield marker, at + 2, end
        at = after_scan(jpeg, end) if marker == SCAN else end


def after_scan(jpeg: bytes, at: int) -> int:
    """Where the entropy-coded bytes of a scan end: at the next marker that is neither stuffing nor a restart."""
    while (at := jpeg.find(b"\xff", at)) >= 0:
        following = jpeg[at + 1:at + 2]
        if following and following[0] != 0 and not 0xD0 <= following[0] <= 0xD7:
            return at
        at += 2 if following else 1
    return len(jpeg)
