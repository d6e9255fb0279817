"""A text cut into words, each with the roles that it may have: read once, asked by all who look for something."""

import re

from cettar_site.complaints.rules_privacy_words import LIKE_A_NAME, LIKELY, NOT_LIKE, POSSIBLE, ROLES

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SENTENCE_ENDS = ".!?\n:;"
FLAT_FROM = 0.6


class Reading:
    """The words of a text, in order; `flat` when large letters say nothing, because nearly all are large."""

    __slots__ = ("ends", "flat", "roles", "starts", "text", "words")

    def __init__(self, text: str) -> None:
        found = list(_WORD.finditer(text))
        self.text = text
        self.words = [one[0] for one in found]
        self.starts = [one.start() for one in found]
        self.ends = [one.end() for one in found]
        roles = ROLES.get
        self.roles = [roles(word.casefold(), 0) for word in self.words]
        shouted = sum(map(len, filter(str.isupper, self.words)))
        self.flat = shouted > FLAT_FROM * sum(map(len, self.words))

    def __len__(self) -> int:
        return len(self.words)

    def large(self, at: int) -> bool:
        """Whether a word begins with a large letter that says something."""
        return self.words[at][0].isupper() and not self.flat

    def acronym(self, at: int) -> bool:
        """Whether a word is written in large letters only (one letter is an initial)."""
        word = self.words[at]
        return len(word) > 1 and word.isupper() and not self.flat

    def named(self, at: int) -> bool:
        """Whether a word is a name by the lists or by its ending."""
        return bool(self.roles[at] & (LIKELY | POSSIBLE)) or self.likes(at)

    def likes(self, at: int) -> bool:
        """Whether a word that has no role ends as names do."""
        word = self.words[at].casefold()
        return not self.roles[at] and LIKE_A_NAME.fullmatch(word) is not None and NOT_LIKE.fullmatch(word) is None

    def gap(self, at: int) -> str:
        """What stands between a word and the one before it."""
        return self.text[self.ends[at - 1] if at else 0:self.starts[at]]

    def begins(self, at: int) -> bool:
        """Whether a word begins a sentence."""
        return at == 0 or any(letter in _SENTENCE_ENDS for letter in self.gap(at))

    def beside(self, at: int) -> bool:
        """Whether a word belongs to the one before it: a blank between, or the point of an abbreviation."""
        gap = self.gap(at)
        return gap in (" ", "-") or (gap in (". ", ".") and len(self.words[at - 1]) <= 4)
