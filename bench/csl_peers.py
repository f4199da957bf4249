"""One bibliography by one processor, timed inside a process of its own.

What is timed goes from the files of a style and of CSL-JSON to HTML, both parsed on the
way; imports are done before. pandoc is a program: of it the whole process is timed. The
texts of the entries, by the ids of their items, go to the file ENTRIES.

Usage: python -m bench.csl_peers PROCESSOR STYLE ITEMS [ENTRIES]
"""

# ruff: noqa: PLC0415 - a process imports what its own job needs, and nothing else

from __future__ import annotations

import json
import re
import resource
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Mapping
from html.parser import HTMLParser
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import Final, TypeAlias

# What was rendered: id -> HTML of the entry. Asked for when the time has been taken.
Entries: TypeAlias = Callable[[], Mapping[str, str]]
# A job takes the files of a style and of items.
Job: TypeAlias = Callable[[Path, Path], Entries]

_ENTRY: Final = re.compile(r'<div [^>]*class="csl-entry"[^>]*>')
_ID: Final = re.compile(r'(?:id="ref-|data-key=")([^"]*)"')
_BLOCKS: Final = frozenset(("div", "p", "br"))
_NUMBER: Final = re.compile(r"^(\d+\.)(?=\S)")


def _divided(html: str) -> dict[str, str]:
    """The entries of a bibliography whose ``div`` elements name their items."""
    heads = list(_ENTRY.finditer(html))
    ends = [head.start() for head in heads[1:]] + [len(html)]
    found: dict[str, str] = {}
    for head, end in zip(heads, ends, strict=True):
        name = _ID.search(head[0])
        if name is None:
            raise ValueError(f"no id in {head[0]}")
        found[name[1]] = html[head.end() : end]
    return found


def _lupusrefs() -> Job:
    from lupusrefs.csl.output.formats import OutputFormat, writer
    from lupusrefs.csl.processor import Processor
    from lupusrefs.csl.style import Style
    from lupusrefs.styles.packages import locale_text

    html = writer(OutputFormat.HTML)

    def job(style: Path, items: Path) -> Entries:
        parsed = Style.parse(style.read_text(encoding="utf-8"), style.name)
        processor = Processor(parsed, json.loads(items.read_bytes()), locale_text)
        made = processor.bibliography()
        html.bibliography(made.entries, made.layout)
        return lambda: {one.id: html.inline(one.content) for one in made.entries}

    return job


def _citeproc_py() -> Job:
    from citeproc import (
        NAMES,
        Citation,
        CitationItem,
        CitationStylesBibliography,
        CitationStylesStyle,
        formatter,
    )
    from citeproc.source.json import CiteProcJSON

    warnings.simplefilter("ignore")  # about every variable that it does not know
    known = {name.replace("_", "-") for name in NAMES}

    def job(style: Path, items: Path) -> Entries:
        # It takes names in other variables (director) for text, and fails later.
        data = [
            {k: v for k, v in item.items() if k in known or not isinstance(v, list)}
            for item in json.loads(items.read_bytes())
        ]
        parsed = CitationStylesStyle(BytesIO(style.read_bytes()), validate=False)
        source = CiteProcJSON(data)
        made = CitationStylesBibliography(parsed, source, formatter.html)
        for item in data:
            made.register(Citation([CitationItem(item["id"])]))
        made.sort()
        "\n".join(map(str, made.bibliography()))
        # The list does not say whose entry is missing; one by one they tell.
        return lambda: {
            one.key: "".join(map(str, parsed.render_bibliography([one])))
            for one in made.items
        }

    return job


def _refkit() -> Job:
    import refkit

    def job(style: Path, items: Path) -> Entries:
        text = items.read_text(encoding="utf-8")
        library = refkit.decode(text, format="csl-json")["library"]
        parsed = refkit.Style.from_xml(style.read_text(encoding="utf-8"))
        html = refkit.Document(library, parsed).full_bibliography().html
        return lambda: _divided(html)

    return job


def _pandoc() -> Job:
    import pypandoc

    program = pypandoc.get_pandoc_path()

    def job(style: Path, items: Path) -> Entries:
        command = [program, str(items), "--from=csljson", "--to=html", "--wrap=none"]
        command += ["--citeproc", f"--csl={style}"]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        return lambda: _divided(done.stdout)

    return job


def _pandoc_version() -> str:
    import pypandoc

    return str(pypandoc.get_pandoc_version())


JOBS: Final[Mapping[str, Callable[[], Job]]] = {
    "lupusrefs": _lupusrefs,
    "refkit": _refkit,
    "pandoc": _pandoc,
    "citeproc-py": _citeproc_py,
}


class _Text(HTMLParser):
    """The text of some HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        del attrs
        self._edge(tag)

    def handle_endtag(self, tag: str) -> None:
        self._edge(tag)

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    def _edge(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.parts.append(" ")


def text_of(html: str) -> str:
    """The text without tags, entities decoded, white space collapsed."""
    parser = _Text()
    parser.feed(html)
    parser.close()
    text = " ".join("".join(parser.parts).split())
    # Not all set the number apart: that is the page's business, not the text's.
    return _NUMBER.sub(r"\1 ", text)


def _cpu_s(usage: resource.struct_rusage) -> float:
    return usage.ru_utime + usage.ru_stime


def main() -> None:
    """Do the job; print the version of the processor, the times, and the memory."""
    name, style, items = sys.argv[1:4]
    job = JOBS[name]()
    # pandoc is a child, beside which this process is small.
    who = resource.RUSAGE_CHILDREN if name == "pandoc" else resource.RUSAGE_SELF
    before = resource.getrusage(who)
    start = time.perf_counter()
    entries = job(Path(style), Path(items))
    wall_s = time.perf_counter() - start
    after = resource.getrusage(who)
    found = {
        "version": _pandoc_version() if name == "pandoc" else version(name),
        "cpu_s": _cpu_s(after) - _cpu_s(before),
        "wall_s": wall_s,
        # Linux counts in KiB, macOS in bytes.
        "peak": after.ru_maxrss * (1 if sys.platform == "darwin" else 1024),
    }
    print(json.dumps(found))
    if file := sys.argv[4:]:
        texts = {key: text_of(html) for key, html in entries().items()}
        Path(file[0]).write_text(json.dumps(texts), encoding="utf-8")


if __name__ == "__main__":
    main()
