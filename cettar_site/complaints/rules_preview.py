"""What a filer sees before sending: the complaint as everyone will read it, and what was hidden in it."""

from collections import Counter
from dataclasses import dataclass

from cettar_site.complaints.rules import Kind, Writing
from cettar_site.complaints.rules_filing import Filing
from cettar_site.complaints.rules_privacy import Personal, masked
from cettar_site.complaints.rules_public import public_writing


@dataclass(frozen=True, slots=True)
class Preview:
    """The public's text, place and position (all empty where nobody but the agency may read), and what was hidden."""

    text: str = ""
    place: str = ""
    position: tuple[float, float] | None = None
    hidden: tuple[tuple[Personal, int], ...] = ()


def preview_of(filing: Filing) -> Preview:
    """The public version of a filing, made by the same rules as the one that is published."""
    lat, lon = filing.position or (None, None)
    writing = Writing(1, filing.text, filing.place, lat, lon, filing.name)
    public = public_writing(filing.shown, Kind.SUBMITTED, writing)
    if public is None:
        return Preview()
    hidden: Counter[Personal] = Counter()
    for text in (filing.text, filing.place):
        hidden.update(dict(masked(text).found))
    position = None if public.lat is None or public.lon is None else (public.lat, public.lon)
    return Preview(public.text, public.place, position, tuple(hidden.items()))
