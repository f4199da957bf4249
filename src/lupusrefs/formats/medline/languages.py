"""MEDLINE's codes of languages, and English names of them <-> language tags.

MEDLINE has the bibliographic codes of ISO 639-2, three letters; a CSL processor looks
for a tag of BCP 47, which has two where ISO 639-1 does. ERIC and the Web of Science
write the English name.

Source: NLM, "MEDLINE Language Table"; ISO 639-2 code list (Library of Congress).
"""

from __future__ import annotations

from typing import Final

_LANGUAGES: Final = (
    ("afr", "af", "Afrikaans"),
    ("alb", "sq", "Albanian"),
    ("amh", "am", "Amharic"),
    ("ara", "ar", "Arabic"),
    ("arm", "hy", "Armenian"),
    ("aze", "az", "Azerbaijani"),
    ("baq", "eu", "Basque"),
    ("bel", "be", "Belarusian"),
    ("ben", "bn", "Bengali"),
    ("bos", "bs", "Bosnian"),
    ("bul", "bg", "Bulgarian"),
    ("cat", "ca", "Catalan"),
    ("chi", "zh", "Chinese"),
    ("cze", "cs", "Czech"),
    ("dan", "da", "Danish"),
    ("dut", "nl", "Dutch"),
    ("eng", "en", "English"),
    ("epo", "eo", "Esperanto"),
    ("est", "et", "Estonian"),
    ("fin", "fi", "Finnish"),
    ("fre", "fr", "French"),
    ("geo", "ka", "Georgian"),
    ("ger", "de", "German"),
    ("gla", "gd", "Scottish Gaelic"),
    ("gle", "ga", "Irish"),
    ("glg", "gl", "Galician"),
    ("gre", "el", "Greek"),
    ("heb", "he", "Hebrew"),
    ("hin", "hi", "Hindi"),
    ("hrv", "hr", "Croatian"),
    ("hun", "hu", "Hungarian"),
    ("ice", "is", "Icelandic"),
    ("ind", "id", "Indonesian"),
    ("ita", "it", "Italian"),
    ("jpn", "ja", "Japanese"),
    ("kin", "rw", "Kinyarwanda"),
    ("kor", "ko", "Korean"),
    ("lat", "la", "Latin"),
    ("lav", "lv", "Latvian"),
    ("lit", "lt", "Lithuanian"),
    ("mac", "mk", "Macedonian"),
    ("mal", "ml", "Malayalam"),
    ("mao", "mi", "Maori"),
    ("may", "ms", "Malay"),
    ("mon", "mn", "Mongolian"),
    ("nob", "nb", "Norwegian Bokmål"),
    ("nno", "nn", "Norwegian Nynorsk"),
    ("nor", "no", "Norwegian"),
    ("per", "fa", "Persian"),
    ("pol", "pl", "Polish"),
    ("por", "pt", "Portuguese"),
    ("pus", "ps", "Pushto"),
    ("rum", "ro", "Romanian"),
    ("rus", "ru", "Russian"),
    ("san", "sa", "Sanskrit"),
    ("slo", "sk", "Slovak"),
    ("slv", "sl", "Slovenian"),
    ("spa", "es", "Spanish"),
    ("srp", "sr", "Serbian"),
    ("swe", "sv", "Swedish"),
    ("tam", "ta", "Tamil"),
    ("tel", "te", "Telugu"),
    ("tha", "th", "Thai"),
    ("tur", "tr", "Turkish"),
    ("ukr", "uk", "Ukrainian"),
    ("urd", "ur", "Urdu"),
    ("vie", "vi", "Vietnamese"),
    ("wel", "cy", "Welsh"),
)
_TAGS: Final = {
    spelling.lower(): tag
    for code, tag, name in _LANGUAGES
    for spelling in (code, name, tag)
}
_CODES: Final = {tag: code for code, tag, _ in _LANGUAGES}


def language_tag(text: str) -> str:
    """The tag of a code or an English name; other text stays.

    >>> language_tag("ger"), language_tag("English"), language_tag("mul")
    ('de', 'en', 'mul')
    """
    return _TAGS.get(text.lower(), text)


def medline_code(tag: str) -> str:
    """MEDLINE's code of a tag, if it reads back as the tag; else the tag itself.

    >>> medline_code("de"), medline_code("de-AT")
    ('ger', 'de-AT')
    """
    return _CODES.get(tag, tag)
