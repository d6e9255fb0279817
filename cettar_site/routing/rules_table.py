"""What a few words settle before any model is asked: whose road it is, which hospital is meant, what is too urgent.

Jurisdiction is not in the style of a text: most errors of every classifier that was measured were street lights and
roads that it gave to the wrong level of government. So whose road it is is looked up, not learned. Names of hospitals
are matched whole: "dr. Soedono" is the province's in Madiun, "dr. Soedomo" is Trenggalek's own.
"""

import re

from cettar_site.complaints.rules import CENTRE
from cettar_site.routing.rules import LOCAL

SURE = 0.5
"""What such a word counts beside all else: people err about whose road it is, too."""
_LEVELS = {
    **dict.fromkeys(("nasional", "negara", "tol"), CENTRE), **dict.fromkeys(("provinsi", "propinsi", "prov"), "DPUBM"),
    **dict.fromkeys(("kabupaten", "kota", "desa", "kampung", "dusun", "kelurahan", "lingkungan", "perumahan", "gang"),
                    LOCAL)}
_ROAD = re.compile(rf"\b(bukan (?:di )?)?(?:jalan|jln|jl\.?|ruas|jembatan) (?:milik )?({'|'.join(_LEVELS)})\b")
_LIGHT = re.compile(r"\b(?:pju|lampu jalan|penerangan jalan|lampu penerangan|rambu|marka|traffic light|lampu merah)\b")
_HOSPITALS = (
    ("RSUD-SOETOMO", r"(?:rs|rsu|rsud)?\.? ?(?:dr\.? ?)?(?:soetomo|sutomo)|rsds|karang ?menjangan"),
    ("RSUD-SAIFULANWAR", r"sai?y?ful anwar|syaiful anwar|rssa"),
    ("RSUD-SOEDONO", r"(?:rs|rsu|rsud)\.? ?(?:dr\.? ?)?soedono"),
    ("RSUD-HAJI", r"(?:rs|rsu|rsud)\.? haji"),
    ("RSJ-MENUR", r"(?:rs|rsj)\.? menur"),
    ("RSUD-KARSAHUSADA", r"karsa husada"),
    ("RSUD-SUMBERGLAGAH", r"sumber ?glagah"),
    ("RSP-JEMBER", r"rs\.? ?paru jember"),
    ("RSP-MANGUHARJO", r"rs\.? ?paru manguharjo"),
    ("RSMM", r"rs\.? ?mata masyarakat"),
    ("RSUD-MOHNOER", r"(?:rs|rsu|rsud)\.? ?moh(?:ammad|amad)?\.? noer"),
    ("RSUD-DAHAHUSADA", r"daha husada"),
    ("RSUD-DUNGUS", r"rsu?d?\.? dungus"),
    ("RSUD-HUSADAPRIMA", r"husada prima"),
)
_HOSPITAL = re.compile(r"\b(?:" + "|".join(f"({pattern})" for _, pattern in _HOSPITALS) + r")\b")
_NAMED = ("tomo", "rsds", "menjangan", "anwar", "rssa", "soedono", "haji", "menur", "husada", "glagah", "paru",
          "mata masyarakat", "noer", "dungus")
"""One of these stands in every name above: most texts hold none, and need no closer look."""
# A road may be named after the doctor: "Jl. Dr. Soetomo" is no hospital.
_STREET = re.compile(r"\b(?:jalan|jln|jl)\.? ?(?:raya )?(?:dr\.? ?|prof\.? ?)*(?:soetomo|sutomo|soedono)\b")
_SPACES = re.compile(r"\s+")
_DANGER = re.compile(
    r"\b(?:bunuh diri|perkosa\w*|diperkosa|pelecehan seksual|dicabuli|pencabulan|kdrt|dianiaya|disandera|diculik|"
    r"kebakaran|terbakar|tenggelam|keracunan|tanah longsor|tertimbun|banjir bandang|wabah|kejang|sekarat|pingsan|"
    r"mengancam membunuh|ancaman pembunuhan)\b")
_HARM = re.compile(r"\b(?:bunuh diri|perkosa\w*|diperkosa|pelecehan seksual|dicabuli|pencabulan|kdrt|dianiaya)\b")


def plain(text: str) -> str:
    """The text as these tables read it."""
    return _SPACES.sub(" ", text.casefold())


def settled(text: str) -> str:
    """The label that the words themselves name; empty where they name none, or two."""
    said = plain(text)
    named: set[str] = set()
    if any(word in said for word in _NAMED):
        named = {_HOSPITALS[found.lastindex - 1][0] for found in _HOSPITAL.finditer(_STREET.sub(" ", said))
                 if found.lastindex}
    if len(named) == 1:
        return named.pop()
    levels = {_LEVELS[found[2]] for found in _ROAD.finditer(said) if not found[1]}
    if named or len(levels) != 1:
        return ""
    level = levels.pop()
    return "DISHUB" if level == "DPUBM" and _LIGHT.search(said) else level


def is_urgent(text: str) -> bool:
    """Whether somebody may be in danger: a person reads it first, whoever it belongs to."""
    return _DANGER.search(plain(text)) is not None


def is_harm(text: str) -> bool:
    """Whether somebody was hurt by somebody, or may hurt themselves."""
    return _HARM.search(plain(text)) is not None
