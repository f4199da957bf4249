"""Names of languages in BibTeX files <-> language tags.

``langid`` and ``hyphenation`` hold what babel and polyglossia call a language;
``language`` holds that, an English name, or a tag. Source: the babel manual, "Options"
and "List of locales"; the biblatex manual, sections 2.2.2 and 3.1.2.1; BCP 47 for tags.
"""

from __future__ import annotations

import re
from typing import Final

# babel's names, with the region that a variety of a language belongs to.
_BABEL: Final = {
    "american": "en-US",
    "usenglish": "en-US",
    "english": "en-US",
    "british": "en-GB",
    "ukenglish": "en-GB",
    "australian": "en-AU",
    "canadian": "en-CA",
    "newzealand": "en-NZ",
    "german": "de-DE",
    "ngerman": "de-DE",
    "germanb": "de-DE",
    "austrian": "de-AT",
    "naustrian": "de-AT",
    "swissgerman": "de-CH",
    "nswissgerman": "de-CH",
    "french": "fr-FR",
    "francais": "fr-FR",
    "frenchb": "fr-FR",
    "acadian": "fr-CA",
    "canadien": "fr-CA",
    "spanish": "es-ES",
    "mexican": "es-MX",
    "portuguese": "pt-PT",
    "portuges": "pt-PT",
    "brazilian": "pt-BR",
    "brazil": "pt-BR",
    "brazilportuguese": "pt-BR",
    "italian": "it-IT",
    "dutch": "nl-NL",
    "afrikaans": "af-ZA",
    "arabic": "ar",
    "basque": "eu-ES",
    "belarusian": "be-BY",
    "breton": "br-FR",
    "bulgarian": "bg-BG",
    "catalan": "ca-AD",
    "chinese": "zh-CN",
    "chinese-hans": "zh-CN",
    "chinese-simplified": "zh-CN",
    "chinese-hant": "zh-TW",
    "chinese-traditional": "zh-TW",
    "croatian": "hr-HR",
    "czech": "cs-CZ",
    "danish": "da-DK",
    "esperanto": "eo",
    "estonian": "et-EE",
    "persian": "fa-IR",
    "farsi": "fa-IR",
    "finnish": "fi-FI",
    "galician": "gl-ES",
    "greek": "el-GR",
    "polutonikogreek": "el-GR",
    "ancientgreek": "grc",
    "hebrew": "he-IL",
    "hindi": "hi-IN",
    "hungarian": "hu-HU",
    "magyar": "hu-HU",
    "icelandic": "is-IS",
    "indonesian": "id-ID",
    "irish": "ga-IE",
    "japanese": "ja-JP",
    "korean": "ko-KR",
    "latin": "la",
    "latvian": "lv-LV",
    "lithuanian": "lt-LT",
    "norsk": "nb-NO",
    "norwegian": "nb-NO",
    "nynorsk": "nn-NO",
    "polish": "pl-PL",
    "romanian": "ro-RO",
    "russian": "ru-RU",
    "scottish": "gd-GB",
    "serbian": "sr-RS",
    "slovak": "sk-SK",
    "slovene": "sl-SI",
    "slovenian": "sl-SI",
    "swedish": "sv-SE",
    "thai": "th-TH",
    "turkish": "tr-TR",
    "ukrainian": "uk-UA",
    "usorbian": "hsb-DE",
    "vietnamese": "vi-VN",
    "welsh": "cy-GB",
}
_TAG: Final = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*")
# The first name of each tag is the one that is written.
_NAMES: Final = {tag: name for name, tag in reversed(_BABEL.items())} | {
    "en": "english",
    "en-US": "american",
    "pt": "portuguese",
}
_PLAIN_NAMES: Final = {
    tag.partition("-")[0]: name for tag, name in reversed(_NAMES.items())
} | {"en": "english", "de": "ngerman", "pt": "portuguese", "fr": "french"}


def tag_of_babel(name: str) -> str | None:
    """The tag of what babel calls a language; a tag stays, else None.

    >>> tag_of_babel("british"), tag_of_babel("de-CH")
    ('en-GB', 'de-CH')
    """
    name = name.strip()
    known = _BABEL.get(name.lower())
    return known or (name.replace("_", "-") if _TAG.fullmatch(name) else None)


def babel_name(tag: str) -> str | None:
    """What babel calls a language: the name that reads back as the tag, else None.

    >>> babel_name("en-GB"), babel_name("tlh")
    ('british', None)
    """
    name = _NAMES.get(tag)
    return name if name is not None and _BABEL[name] == tag else None


def is_english(tag: str | None) -> bool:
    """Whether titles are in English, as they are where no language is named."""
    return not tag or tag.lower().startswith("en")
