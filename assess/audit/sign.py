"""Writing a clinician's signature into files of the knowledge, and into nothing else in them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from assess.errors import KnowledgeError, Place, Problem
from assess.loading.documents import Document
from assess.loading.signature import BY, KEYS, NOTE, ON, SHA256, Seals, content
from assess.loading.yaml12 import YamlError, read

BREAK = re.compile("(\r\n|[\n\r\x85\u2028\u2029])")
VALUE = re.compile(r'"(?:\\.|[^"\\])*"|\'(?:\'\'|[^\'])*\'|(?:(?! #)[^\r\n])*?(?=\s*(?: #|$))')
"""A value on one line, as it may stand behind one of our keys, without the comment behind it."""


@dataclass(frozen=True, slots=True)
class Signature:
    """What is written: the day, who signs, and a remark or nothing."""

    on: str
    by: str
    note: str = ""


def signed(document: Document, raw: bytes, seals: Seals, signature: Signature) -> bytes:
    """The bytes of a file with a signature over it as it is. All other bytes stay; an old signature is replaced.

    Raises `KnowledgeError` where that is not what would be read from it afterwards.
    """
    values: dict[str, str | None] = {
        ON: signature.on,
        BY: signature.by,
        SHA256: seals.of(document),
        NOTE: signature.note or None,
    }
    if signature.note or NOTE in document.data:
        wanted = values
    else:
        wanted = {key: value for key, value in values.items() if key != NOTE}
    written = _written(document, raw.decode("utf-8"), wanted).encode("utf-8")
    try:
        data = read(written, document.located.file).data
    except YamlError:
        data = None
    if not isinstance(data, dict) or data != {**content(document), **wanted}:
        raise _by_hand(document, wanted)
    return written


def _written(document: Document, text: str, wanted: dict[str, str | None]) -> str:
    parts = BREAK.split(text)
    lines, ends = parts[::2], [*parts[1::2], ""]
    missing = []
    last = len(lines) - 1
    for key, value in wanted.items():
        where = document.located.values.get((key,))
        if where is None:
            missing.append(f"{key}: {_scalar(value)}")
            continue
        row, column = where[0] - 1, where[1] - 1
        old = VALUE.match(lines[row], column)
        end = old.end() if old else len(lines[row])
        lines[row] = lines[row][:column] + _scalar(value) + lines[row][end:]
        last = row
    have = [where[0] - 1 for key in KEYS if (where := document.located.values.get((key,)))]
    after = max(have, default=last)
    newline = ends[0] or "\n"
    before = "".join(line + end for line, end in zip(lines[: after + 1], ends[: after + 1], strict=True))
    rest = "".join(line + end for line, end in zip(lines[after + 1 :], ends[after + 1 :], strict=True))
    if missing and before and not BREAK.search(before[-1]):
        before += newline
    return before + "".join(line + newline for line in missing) + rest


def _scalar(value: str | None) -> str:
    if value is None:
        return "null"
    return (
        value
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9a-f]{64}", value)
        else json.dumps(value, ensure_ascii=False)
    )


def _by_hand(document: Document, wanted: dict[str, str | None]) -> KnowledgeError:
    lines = " ".join(f"`{key}: {_scalar(value)}`" for key, value in wanted.items())
    problem = Problem(
        Place(document.located.file),
        "withdrawn-review",
        "the lines of the signature find no place here",
        f"Add {lines}",
    )
    return KnowledgeError("one file cannot be signed by the program", problems=[problem])
