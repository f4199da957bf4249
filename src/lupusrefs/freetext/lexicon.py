"""Words that references use, in the languages they are written in.

Written for this package; each list is of general knowledge and kept short: the model
learns the rest from its training data.
"""

from __future__ import annotations

from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_MONTHS: Final = (
    "january jan januar jänner janvier janv enero ene gennaio gen januari janeiro",
    "february feb febr februar février fevrier févr febrero febbraio februari fev",
    "march mar märz maerz mars marzo maart março marco marca",
    "april apr avril avr abril abr aprile nisan kwietnia",
    "may mai mayo maggio mag mei maio mayıs maja",
    "june jun juni juin junio giugno giu junho haziran czerwca",
    "july jul juli juillet juil julio luglio lug julho temmuz lipca",
    "august aug août aout agosto ago augustus ağustos sierpnia",
    "september sept sep septembre septiembre settembre set setembro eylül września",
    "october oct oktober okt octobre octubre ottobre ott outubro ekim października",
    "november nov novembre noviembre novembro kasım listopada",
    "december dec dezember dez décembre decembre déc diciembre dic dicembre dezembro",
)
_MONTHS_CYRILLIC: Final = (
    "январь января",
    "февраль февраля",
    "март марта",
    "апрель апреля",
    "май мая",
    "июнь июня",
    "июль июля",
    "август августа",
    "сентябрь сентября",
    "октябрь октября",
    "ноябрь ноября",
    "декабрь декабря",
)
_SEASONS: Final = (
    "spring frühjahr frühling printemps primavera",
    "summer sommer été verano estate",
    "autumn fall herbst automne otoño autunno",
    "winter hiver invierno inverno",
)

# Month or season, in lower case without a dot -> 1 to 12, or EDTF's 21 to 24.
MONTHS: Final = {
    word: number
    for lists, first in ((_MONTHS, 1), (_MONTHS_CYRILLIC, 1), (_SEASONS, 21))
    for number, words in enumerate(lists, start=first)
    for word in words.split()
}

# What stands before a field and names it.
IN: Final = _words("in dans en w v u из в")
VOLUME_WORDS: Final = _words(
    "vol volume vols volumes v bd band tome tom t том т jg jahrgang vol. årg"
)
ISSUE_WORDS: Final = _words(
    "no nr n number num issue iss nos numero número núm nro nº heft h fasc fascicule"
    " sayı вып № numéro suppl"
)
PAGE_WORDS: Final = _words(
    "p pp pages page pag pág págs s seiten seite ss стр с pgs pg"
)
EDITOR_WORDS: Final = _words(
    "ed eds editor editors edited hrsg hg hgg herausgegeben dir coord edd édité éd éds"
    " cura redactie red ред coords dirs"
)
TRANSLATOR_WORDS: Final = _words(
    "trans translated translator tr trad traduit übers übersetzt übersetzung"
)
EDITION_WORDS: Final = _words(
    "ed edn edition éd édition ediz aufl auflage rev revised edición edizione изд"
    " reprint"
)
ACCESS_WORDS: Final = _words(
    "accessed retrieved consulted available abgerufen zugriff consulté consultado"
    " disponible cited viewed visited downloaded geraadpleegd acesso aufgerufen"
    " letzter"
)
STATUS_WORDS: Final = _words(
    "press forthcoming submitted preparation ahead epub print unpublished impression"
    " paraître accepted preprint druck erscheinen prensa stampa online published"
    " first"
)
GENRE_WORDS: Final = _words(
    "thesis dissertation phd ph.d master masters report technical tech rep diss"
    " dissertationes habilitation thèse mémoire tesis tesi working paper patent"
    " diplomarbeit manuscript doctoral msc motion dataset software preprint"
)
PUBLISHER_WORDS: Final = _words(
    "press university publishing publishers publications verlag presses universitaires"
    " éditions editions editorial editore wiley springer elsevier routledge blackwell"
    " academic books house sage erlbaum company inc ltd publ publisher institute"
    " universität université universidad università kluwer macmillan penguin"
    " mcgraw-hill gallimard"
)
JOURNAL_WORDS: Final = _words(
    "journal j rev review annals ann proc proceedings trans transactions letters lett"
    " bulletin bull archives arch acta zeitschrift z revue rivista revista magazine"
    " quarterly int am res sci med biol chem phys math soc conf conference symposium"
    " workshop advances adv nature science cell lancet annual international eur br"
    " ieee acm lecture notes nucl astron astrophys psychol clin"
)
PLACES: Final = _words(
    "london york cambridge oxford paris berlin boston chicago amsterdam washington"
    " philadelphia princeton münchen munich frankfurt hamburg köln leipzig stuttgart"
    " wien vienna zürich zurich basel geneva genève heidelberg göttingen tübingen"
    " dordrecht leiden rotterdam utrecht hague brussels bruxelles leuven louvain madrid"
    " barcelona lisboa lisbon roma rome milano milan torino firenze venezia bologna"
    " napoli edinburgh glasgow manchester dublin toronto montreal montréal ottawa"
    " vancouver sydney melbourne canberra auckland tokyo beijing shanghai singapore"
    " delhi mumbai moscow москва прага prague praha warszawa warsaw kraków budapest"
    " stockholm uppsala copenhagen københavn oslo helsinki athens istanbul ankara"
    " jerusalem cairo seoul baltimore berkeley stanford hoboken thousand oaks mahwah"
    " hillsdale englewood cliffs newbury reading malden belmont bloomington durham"
    " ithaca minneapolis houston dallas austin lanham aldershot basingstoke abingdon"
    " bristol harmondsworth ma ca nj ny uk usa dc mass calif conn il pa md va"
    " germany france netherlands italy spain canada australia japan china switzerland"
    " england"
)
PARTICLES: Final = _words(
    "von van de der den del della di da dos du la le ten ter zu zur af al el ben bin st"
)
OTHERS: Final = _words("et al etal alii others coll и др")
BODIES: Final = _words(
    "collaboration collaborations consortium group team department ministry committee"
    " organization organisation institute council agency association commission"
    " society office centre center bureau federation"
)
