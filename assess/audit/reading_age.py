"""How hard a text is to read, without any list of words: the Flesch-Kincaid grade, as the age of who is in that grade.

Syllables are counted by rule: groups of vowels, of which a silent e at the end counts none and two vowels that are
spoken apart count two. Against textstat, which looks syllables up, it differs by half a year on average and puts
texts in nearly the same order; tests/audit/test_reading_age.py holds it to that on all of the knowledge.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

SCHOOL_STARTS = 5
"""Years between a school grade and the age of who is in it."""
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d[\d.,]*")
END = re.compile(r"[.?!]+(?=\s|$)")
SILENT = re.compile(r"(?<=[^aeiouyl])e$|(?<=[^aeiouytd])ed$|(?<=[^aeiouylscxzgh])es$")
APART = re.compile(r"i(?=[ao](?!n|us|l))|(?<![gq])u(?=[ao])|e(?=o)|[iu](?=um)")


def syllables(word: str) -> int:
    """How many syllables a word has, by rule; at least one, also for a number."""
    heard = SILENT.sub("", word.lower())
    return max(1, len(re.findall(r"[aeiouy]+", heard)) + len(APART.findall(heard)))


def sentences(text: str) -> list[list[str]]:
    """The words of each sentence."""
    found = (WORD.findall(part) for part in END.split(text))
    return [words for words in found if words]


def reading_age(texts: Iterable[str]) -> float:
    """The age in years at which these texts together can be read; each ends a sentence."""
    parts = [sentence for text in texts for sentence in sentences(text)]
    words = [word for sentence in parts for word in sentence]
    if not words:
        return 0.0
    return 0.39 * len(words) / len(parts) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59 + SCHOOL_STARTS
