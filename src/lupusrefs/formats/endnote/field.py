"""A field of a RIS or EndNote record with its place in the record."""

from __future__ import annotations

from dataclasses import dataclass, replace

from lupusrefs.model.location import Span


@dataclass(frozen=True, slots=True)
class SlotField:
    """A field.

    Attributes:
        slot: its place in the record, as in ``meanings``.
        tag: as the file has it.
        lines: its text, without white space around the lines.
        span: where the text stands in the file.
    """

    slot: str
    tag: str
    lines: tuple[str, ...]
    span: Span

    @property
    def text(self) -> str:
        """The text in one line: breaks are the exporter's."""
        return " ".join(line for line in self.lines if line)

    @property
    def prose(self) -> str:
        """The text with its line breaks, which may be the writer's."""
        return "\n".join(line for line in self.lines if line)

    def in_slot(self, slot: str) -> SlotField:
        """The same field in another slot."""
        return replace(self, slot=slot)

    def split(self) -> list[SlotField]:
        """One field for each line."""
        return [replace(self, lines=(line,)) for line in self.lines if line]
