"""Real files, some in no known encoding: reading them keeps every byte."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lupusrefs.formats.text import decode
from lupusrefs.model.edit import Edit
from lupusrefs.model.location import Span

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.corpus


def files(corpus: Path) -> Iterator[tuple[str, bytes]]:
    """Every file of references in the corpus."""
    for folder in ("realbib/real", "realbib/stress", "formats/files"):
        for path in sorted((corpus / folder).iterdir()):
            yield path.name, path.read_bytes()


def is_utf_8(data: bytes) -> bool:
    """Whether the bytes are UTF-8. One of those that the manifest doubts is."""
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def test_an_unedited_file_is_byte_identical(corpus: Path) -> None:
    """Valid UTF-8 or not; and one character may be had for every place."""
    count = 0
    for name, data in files(corpus):
        source = decode(data, name)
        assert source.edited() == data, name
        end = len(source.text)
        replaced = source.edited([Edit(Span(0, end), source.text)])
        if not source.diagnostics and source.encoding == "utf-8":
            assert replaced == data, name
        count += 1
    assert count >= 180


def test_an_edit_in_the_middle_leaves_the_rest(corpus: Path) -> None:
    """Every byte before and behind it."""
    for name, data in files(corpus):
        source = decode(data, name)
        for part in range(1, 8):
            at = len(source.text) * part // 8
            result = source.edited([Edit(Span(at, at), "<NEW>")])
            before, _, behind = result.partition("<NEW>".encode(source.encoding))
            assert before + behind == data, name


def test_no_character_is_lost_to_an_old_encoding(corpus: Path) -> None:
    """No replacement characters; nothing is an error; each file is told of."""
    told = 0
    for name, data in files(corpus):
        source = decode(data, name)
        assert not any(found.is_error for found in source.diagnostics), name
        assert source.text.count("\ufffd") == data.count("\ufffd".encode()), name
        if not is_utf_8(data):
            assert source.diagnostics or source.encoding != "utf-8", name
            told += 1
    assert told >= 7
