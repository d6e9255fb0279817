"""What is known before anybody decided anything: duties of the agencies and names of topics, matched by BM25.

It never goes away when a model has learned: it knows agencies to which nothing was ever sent. The duties are our own
words, made for this and nothing else.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from cettar_site.complaints.rules import CENTRE
from cettar_site.jatim import agencies, categories
from cettar_site.routing.rules import LOCAL, Asked, label_of

K1, B = 1.2, 0.5
REST = 0.1
"""What a label's further phrases count beside its best one."""
SHARP = 2.0
"""The power to which scores are raised before they become shares."""
OTHER = 0.5
"""What a topic counts for the other level that may claim it, beside its own agency."""
CHOSEN = 8.0
"""What the topic that the filer chose counts, in BM25's own measure."""
ROAD = 0.3
"""What a topic in general gives to each label, so that nothing is impossible."""
OTHER_TOPICS = ("", "S38")
"""What is chosen where no topic fits."""
_WORD = re.compile(r"[^\W\d_]{2,}")
_FILLERS = """
    ada adalah agar akan anda apa atas atau bagi bahwa bapak baru belum bisa bu bukan dalam dan dapat dari dengan di
    hal hanya hari harus ini itu jadi jangan jika juga kah kalau kami kan karena ke kepada kita kok lagi lah lain
    lainnya lalu lebih maka masih mau mereka mohon mulai nya oleh pada pak para per pernah punya saat saja sampai
    sangat saya sebagai sebelum sehingga sejak selalu semua seperti sering setelah siap siapa sini sudah supaya tapi
    telah tempat terima terkait terlalu tersebut tetapi tiap tidak tolong untuk warga yang yg
"""
_FILLER = frozenset(_FILLERS.split())
_ENDINGS = ("nya", "lah", "kah", "kan", "an", "i")
_BEGINNINGS = ("meng", "meny", "mem", "men", "me", "peng", "peny", "pem", "pen", "pe", "ber", "ter", "di", "ke", "se")


@lru_cache(maxsize=32_768)
def stem(word: str) -> str:
    """A word without the commonest beginnings and endings, at least four letters of it; the same for both sides."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            word = word.removesuffix(ending)
            break
    for beginning in _BEGINNINGS:
        if word.startswith(beginning) and len(word) - len(beginning) >= 4:
            return word.removeprefix(beginning)
    return word


def words_of(text: str) -> list[str]:
    """The telling words of a text, stemmed."""
    return [stem(word) for word in _WORD.findall(text.casefold()) if word not in _FILLER]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A duty, or the name of a topic (`topic` is its code), and what it says of each label."""

    text: str
    labels: Mapping[str, float]
    topic: str = ""


class Phrases:
    """Phrases that can be asked which of them a text is about (BM25)."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self.all = tuple(phrases)
        bags = [Counter(words_of(one.text)) for one in self.all]
        mean = sum(bag.total() for bag in bags) / max(1, len(bags)) or 1.0
        found: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        for at, bag in enumerate(bags):
            for word, n in bag.items():
                weight = n * (K1 + 1) / (n + K1 * (1 - B + B * bag.total() / mean))
                found[word].append((at, weight))
        self._of = {word: [(at, weight * math.log(1 + (len(bags) - len(where) + 0.5) / (len(where) + 0.5)))
                           for at, weight in where] for word, where in found.items()}

    def about(self, text: str) -> dict[int, float]:
        """The score of each phrase that shares a word with the text."""
        scores: defaultdict[int, float] = defaultdict(float)
        for word in set(words_of(text)):
            for at, weight in self._of.get(word, ()):
                scores[at] += weight
        return scores


def topic_labels(category: categories.Category) -> dict[str, float]:
    """Whose a topic is: its agency, and the other level that may claim it."""
    if category.central_only:
        return {CENTRE: 1.0}
    labels = {category.agency_code: 1.0} if category.agency_code else {}
    other = LOCAL if category.regency_may_answer else CENTRE if category.other_level else ""
    return labels | ({other: OTHER} if other else {})


def _phrases() -> Iterable[Phrase]:
    local = False
    for agency in agencies.ALL:
        label = label_of(agency.code)
        if label == LOCAL and local:
            continue
        local = local or label == LOCAL
        for duty in agency.duties:
            yield Phrase(duty, {label: 1.0})
        if label == agency.code:
            yield Phrase(agency.name.removesuffix(" Provinsi Jawa Timur"), {label: 1.0})
    heads = {head.code: head.name for head in categories.GROUPS}
    for topic in categories.OFFERED:
        name = topic.name if topic.is_group else f"{topic.name} {heads.get(topic.group, '')}"
        yield Phrase(name, topic_labels(topic), topic.code)


PHRASES = Phrases(_phrases())
LABELS = tuple(dict.fromkeys(label for one in PHRASES.all for label in one.labels))


def prior(asked: Asked) -> dict[str, float]:
    """The share of each label that the words and the chosen topic speak for; they add up to one."""
    best: defaultdict[str, float] = defaultdict(float)
    total: defaultdict[str, float] = defaultdict(float)
    for at, score in PHRASES.about(asked.text).items():
        for label, part in PHRASES.all[at].labels.items():
            value = score * part
            total[label] += value
            best[label] = max(best[label], value)
    scores = {label: best[label] + REST * math.log1p(total[label] - best[label]) for label in best}
    chosen = categories.by_code(asked.category_code)
    for label, part in (topic_labels(chosen) if chosen else {}).items():
        scores[label] = scores.get(label, 0.0) + CHOSEN * part
    raised = dict.fromkeys(LABELS, ROAD ** SHARP)
    for label, score in scores.items():
        raised[label] = (score + ROAD) ** SHARP
    whole = sum(raised.values())
    return {label: value / whole for label, value in raised.items()}


def topics(text: str, n: int) -> list[tuple[str, float]]:
    """The topics that a text is likeliest about, with their scores; at most two of a group: a real choice."""
    scores = [(score, PHRASES.all[at].topic) for at, score in PHRASES.about(text).items() if PHRASES.all[at].topic
              and PHRASES.all[at].topic not in OTHER_TOPICS]
    found: list[tuple[str, float]] = []
    groups: Counter[str] = Counter()
    for score, code in sorted(scores, key=lambda one: (-one[0], one[1])):
        group = code.partition(".")[0]
        if groups[group] < 2:
            groups[group] += 1
            found.append((code, score))
        if len(found) == n:
            break
    return found
