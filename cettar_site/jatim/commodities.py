"""The goods whose prices are followed, and how publishers spell them.

A producer and a consumer price belong to one commodity only when they are of the same good. Four names of
the producer table leave open which good is meant ("Beras": which grade; "Telur": which kind; "Ayam Potong":
live or dressed; "Daging Sapi": which cut), so they are commodities of their own, with codes in "-produsen".
"Cabe Rawit" and "Cabe Besar" name no colour either, but the same publisher follows just one bird-eye and one
large chilli, both red, so they are taken for the same good.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, cast

from cettar_site.base.money import kg_per_unit
from cettar_site.jatim.tables import fold, found, index, rows, words_of

Level = Literal["producer", "consumer"]


@dataclass(frozen=True, slots=True)
class Commodity:
    """A good. `unit` is None where it is not known: then take it from each observation."""

    code: str
    name: str
    name_en: str
    unit: str | None
    unit_note: str | None
    group: str
    kg_per_unit: float | None
    """Kilograms in one `unit`; None for a unit that is no weight (liter, ekor, bungkus) or not known."""
    levels: tuple[Level, ...]
    """The levels at which a publisher follows it."""
    producers: tuple[str, ...]
    """Regions known for growing it, as the source names them, biggest first; empty without a source."""
    producer_source: str | None
    siskaperbapo_id: str | None
    source: str


def _commodity(row: dict[str, str]) -> Commodity:
    weight = kg_per_unit(row["unit"])
    return Commodity(
        code=row["code"],
        name=row["name"],
        name_en=row["name_en"],
        unit=row["unit"] or None,
        unit_note=row["unit_note"] or None,
        group=row["group"],
        kg_per_unit=None if weight is None else float(weight),
        levels=tuple(cast(Level, level) for level in words_of(row["levels"])),
        producers=words_of(row["producers"]),
        producer_source=row["producer_source"] or None,
        siskaperbapo_id=row["siskaperbapo_id"] or None,
        source=row["source"],
    )


ALL: tuple[Commodity, ...] = tuple(_commodity(row) for row in rows("commodities.csv"))
GROUPS: tuple[str, ...] = tuple(dict.fromkeys(commodity.group for commodity in ALL))

_BY_CODE = index(ALL, lambda commodity: commodity.code)
_BY_PUBLISHER_NAME: dict[str, Commodity] = {
    **{fold(commodity.name): commodity for commodity in ALL},
    **{fold(row["name"]): _BY_CODE[row["commodity_code"]] for row in rows("commodity_names.csv")},
}


def by_code(code: str) -> Commodity | None:
    """Find a commodity by our code ("bawang-merah")."""
    return _BY_CODE.get(code)


def get(code: str) -> Commodity:
    """Give the commodity of a code; NotFound when there is none."""
    return found(by_code(code), "commodity", code)


def by_publisher_name(name: str) -> Commodity | None:
    """Find a commodity by the name Siskaperbapo prints, in any case ("KOL/KUBIS", "- Cabe Rawit Merah").

    None for a name not in the table: a new name is looked at by a person, never guessed.
    """
    return _BY_PUBLISHER_NAME.get(fold(name))


def of(group: str) -> tuple[Commodity, ...]:
    """List the commodities of a group ("cabe")."""
    return tuple(commodity for commodity in ALL if commodity.group == group)
