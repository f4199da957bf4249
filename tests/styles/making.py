"""Small styles, and folders of them that are laid out as the official ones are."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from lupusrefs.styles.packages import StyleFiles

NAMESPACE = "http://purl.org/net/xbiblio/csl"
OFFICIAL = "http://www.zotero.org/styles/"


def style_text(
    title: str,
    *,
    short: str | None = None,
    parent: str | None = None,
    issns: Sequence[str] = (),
    fields: Sequence[str] = ("medicine",),
    locale: str | None = None,
    style_class: str = "in-text",
    citation_format: str = "numeric",
) -> str:
    """A style, of which a test says only what it is about."""
    attributes = "" if parent else f' class="{style_class}"'
    attributes += f' default-locale="{locale}"' if locale else ""
    link = (
        f"<link href={quoteattr(OFFICIAL + (parent or ''))} rel='independent-parent'/>"
    )
    info = [
        f"<title>{escape(title)}</title>",
        f"<title-short>{escape(short)}</title-short>" if short else "",
        link if parent else "",
        f'<category citation-format="{citation_format}"/>',
        *(f'<category field="{field}"/>' for field in fields),
        *(f"<issn>{number}</issn>" for number in issns),
        "<updated>2026-01-02T03:04:05+00:00</updated>",
    ]
    body = "" if parent else "<citation><layout/></citation>"
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<style xmlns="{NAMESPACE}"{attributes} version="1.0">\n'
        f"<info>{''.join(info)}</info>{body}\n</style>\n"
    )


def make_styles(
    folder: Path,
    independent: Mapping[str, str],
    dependent: Mapping[str, str] | None = None,
    *,
    renamed: Mapping[str, str] | None = None,
    version: str = "1.0",
) -> StyleFiles:
    """A folder of styles, each given as id -> text of the file."""
    (folder / "dependent").mkdir(parents=True)
    for style_id, text in independent.items():
        (folder / f"{style_id}.csl").write_text(text, encoding="utf-8")
    for style_id, text in (dependent or {}).items():
        path = folder / "dependent" / f"{style_id}.csl"
        path.write_text(text, encoding="utf-8")
    if renamed is not None:
        text = json.dumps(renamed)
        (folder / "renamed-styles.json").write_text(text, encoding="utf-8")
    return StyleFiles(folder, version)


def journals(folder: Path) -> StyleFiles:
    """A handful of styles that resemble the official ones."""
    apa = style_text("APA Style 7th edition", fields=["generic-base"])
    nature = style_text("Nature", locale="en-GB", issns=["0028-0836", "1476-4687"])
    return make_styles(
        folder,
        {
            "apa": apa,
            "bmj": style_text("BMJ"),
            "nature": nature,
            "nlm-citation-sequence": style_text("NLM: Citing Medicine"),
            "the-lancet": style_text("The Lancet"),
            "zeitschrift-fur-rheumatologie": style_text(
                "Zeitschrift für Rheumatologie", locale="de-DE"
            ),
        },
        {
            "annals-of-the-rheumatic-diseases": style_text(
                "Annals of the Rheumatic Diseases",
                parent="bmj",
                issns=["0003-4967"],
                locale="en-US",
            ),
            "lupus-science-and-medicine": style_text(
                "Lupus Science & Medicine", parent="bmj"
            ),
            "nature-medicine": style_text(
                "Nature Medicine", parent="nature", short="Nat Med"
            ),
            "journal-of-marketing-research": style_text(
                "Journal of Marketing Research", parent="apa", short="JMR"
            ),
            "journal-of-molecular-recognition": style_text(
                "Journal of Molecular Recognition", parent="apa", short="JMR"
            ),
            "journal-of-childrens-health": style_text(
                "Journal of Children's Health", parent="apa"
            ),
        },
        renamed={"vancouver": "nlm-citation-sequence", "old-bmj": "bmj", "gone": "no"},
    )
