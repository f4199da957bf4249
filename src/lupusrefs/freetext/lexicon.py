"""Words that references use, in the languages they are written in.

Written for this package; each list is of general knowledge and kept short: the model
learns the rest from its training data.
"""

from __future__ import annotations

from typing import Final

# Month or season, in lower case without a dot -> 1 to 12, or EDTF's 21 to 24.
MONTHS: Final[dict[str, int]] = {
    word: number
    for number, words in enumerate(
        (
            "january jan januar jänner janvier janv enero ene gennaio gen januari"
            " janeiro января январь ocak styczeń stycznia",
            "february feb febr februar février fevrier févr febrero febbraio februari"
            " fevereiro fev февраля февраль şubat lutego",
            "march mar märz maerz mars marzo maart março marco марта март mart marca",
            "april apr avril avr abril abr aprile апреля апрель nisan kwietnia",
            "may mai mayo maggio mag mei maio мая май mayıs maja",
            "june jun juni juin junio giugno giu junho июня июнь haziran czerwca",
            "july jul juli juillet juil julio luglio lug julho июля июль temmuz lipca",
            "august aug août aout agosto ago augustus августа август ağustos sierpnia",
            "september sept sep septembre septiembre settembre set setembro сентября"
            " сентябрь eylül września",
            "october oct oktober okt octobre octubre ottobre ott outubro октября"
            " октябрь ekim października",
            "november nov novembre noviembre novembro ноября ноябрь kasım listopada",
            "december dec dezember dez décembre decembre déc diciembre dic dicembre"
            " dezembro декабря декабрь aralık grudnia",
        ),
        start=1,
    )
    for word in words.split()
} | {
    word: number
    for number, words in enumerate(
        (
            "spring frühjahr frühling printemps primavera",
            "summer sommer été verano estate",
            "autumn fall herbst automne otoño autunno",
            "winter hiver invierno inverno",
        ),
        start=21,
    )
    for word in words.split()
}

# What stands before a field and names it.
IN: Final = frozenset("in dans en w v u из в".split())
VOLUME_WORDS: Final = frozenset(
    "vol volume vols volumes v bd band tome tom t том т jg jahrgang vol. årg".split()
)
ISSUE_WORDS: Final = frozenset(
    "no nr n number num issue iss nos numero número núm nro nº heft h fasc fascicule"
    " sayı вып № numéro suppl".split()
)
PAGE_WORDS: Final = frozenset(
    "p pp pages page pag pág págs s seiten seite ss стр с pgs pg".split()
)
EDITOR_WORDS: Final = frozenset(
    "ed eds editor editors edited hrsg hg hgg herausgegeben dir coord edd édité éd éds"
    " cura redactie red ред coords dirs".split()
)
TRANSLATOR_WORDS: Final = frozenset(
    "trans translated translator tr trad traduit übers übersetzt übersetzung".split()
)
EDITION_WORDS: Final = frozenset(
    "ed edn edition éd édition ediz aufl auflage rev revised edición edizione изд"
    " reprint".split()
)
ACCESS_WORDS: Final = frozenset(
    "accessed retrieved consulted available abgerufen zugriff consulté consultado"
    " disponible cited viewed visited downloaded geraadpleegd acesso aufgerufen"
    " letzter".split()
)
STATUS_WORDS: Final = frozenset(
    "press forthcoming submitted preparation ahead epub print unpublished impression"
    " paraître accepted preprint druck erscheinen prensa stampa online published"
    " first".split()
)
GENRE_WORDS: Final = frozenset(
    "thesis dissertation phd ph.d master masters report technical tech rep diss"
    " dissertationes habilitation thèse mémoire tesis tesi working paper patent"
    " diplomarbeit manuscript doctoral msc motion dataset software preprint".split()
)
PUBLISHER_WORDS: Final = frozenset(
    "press university publishing publishers publications verlag presses universitaires"
    " éditions editions editorial editore wiley springer elsevier routledge blackwell"
    " academic books house sage erlbaum company inc ltd publ publisher institute"
    " universität université universidad università kluwer macmillan penguin"
    " mcgraw-hill gallimard".split()
)
JOURNAL_WORDS: Final = frozenset(
    "journal j rev review annals ann proc proceedings trans transactions letters lett"
    " bulletin bull archives arch acta zeitschrift z revue rivista revista magazine"
    " quarterly int am res sci med biol chem phys math soc conf conference symposium"
    " workshop advances adv nature science cell lancet annual international eur br"
    " ieee acm lecture notes nucl astron astrophys psychol clin".split()
)
PLACES: Final = frozenset(
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
    " england".split()
)
PARTICLES: Final = frozenset(
    "von van de der den del della di da dos du la le ten ter zu zur af al el ben bin"
    " st".split()
)
