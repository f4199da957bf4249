"""Journal abbreviations by the rules of ISO 4, from a small word list of our own.

Independent of the code under test on purpose: the words are the frequent ones of
journal titles, abbreviated as the ISSN network's public list of title words does.
"""

from __future__ import annotations

import re
from typing import Final

# Stem -> abbreviation; a word that begins with the stem is abbreviated.
_STEM_TABLE: Final = (
    "academ:Acad acoust:Acoust administrat:Adm advanc:Adv agricultur:Agric "
    "america:Am analy:Anal anatom:Anat anesth:Anesth angewandte:Angew annal:Ann "
    "annual:Annu anthropolog:Anthropol antimicrob:Antimicrob appl:Appl "
    "archaeolog:Archaeol archiv:Arch arthrit:Arthritis artificial:Artif "
    "association:Assoc astronom:Astron astrophys:Astrophys atmospher:Atmos "
    "automat:Autom bacteriolog:Bacteriol behavio:Behav biochem:Biochem "
    "bioinformat:Bioinform biolog:Biol biomed:Biomed biophys:Biophys "
    "biotechnolog:Biotechnol botan:Bot britis:Br bulletin:Bull business:Bus "
    "canad:Can cancer:Cancer cardiol:Cardiol cardiovascular:Cardiovasc cell:Cell "
    "ceramic:Ceram chemi:Chem chemother:Chemother clinic:Clin cogniti:Cogn "
    "communicat:Commun comparativ:Comp comput:Comput conferenc:Conf "
    "conservat:Conserv construct:Constr control:Control critic:Crit crystal:Cryst "
    "current:Curr dental:Dent dermatolog:Dermatol design:Des development:Dev "
    "diabet:Diabetes digest:Dig disease:Dis ecolog:Ecol econom:Econ educat:Educ "
    "electr:Electr electron:Electron endocrin:Endocrinol energ:Energy "
    "engineer:Eng environment:Environ epidemiolog:Epidemiol europ:Eur "
    "evolut:Evol experiment:Exp family:Fam financ:Financ fluid:Fluid food:Food "
    "forest:For foundation:Found frontier:Front gastroenter:Gastroenterol "
    "general:Gen genet:Genet genom:Genomics geograph:Geogr geolog:Geol "
    "geophys:Geophys gynecolog:Gynecol haematol:Haematol health:Health "
    "heart:Heart hematolog:Hematol hepatol:Hepatol histor:Hist human:Hum "
    "hydrolog:Hydrol immunolog:Immunol industr:Ind infect:Infect informat:Inf "
    "inorganic:Inorg institut:Inst intelligen:Intell internal:Intern "
    "international:Int investigat:Invest journal:J laborator:Lab language:Lang "
    "laser:Laser letter:Lett lipid:Lipid linguist:Linguist literatur:Lit "
    "magnet:Magn management:Manag manufactur:Manuf marine:Mar market:Mark "
    "material:Mater mathem:Math mechan:Mech medical:Med medicine:Med "
    "medicinal:Med metab:Metab metallurg:Metall method:Methods microbiol:Microbiol "
    "modern:Mod molecul:Mol national:Natl natur:Nat nephrol:Nephrol "
    "neurolog:Neurol neurosci:Neurosci nuclear:Nucl nucleic:Nucleic nurs:Nurs "
    "nutrit:Nutr obstetric:Obstet ocean:Ocean oncolog:Oncol ophthalmol:Ophthalmol "
    "optic:Opt organic:Org orthop:Orthop otolaryngol:Otolaryngol paediatr:Paediatr "
    "pathol:Pathol pediatr:Pediatr perspectiv:Perspect pharmaceut:Pharm "
    "pharmacol:Pharmacol philosoph:Philos physic:Phys physiol:Physiol plant:Plant "
    "plastic:Plast polic:Policy politic:Polit polymer:Polym power:Power "
    "practic:Pract preventi:Prev proceeding:Proc process:Process "
    "psychiat:Psychiatry psycholog:Psychol public:Public quarter:Q radiol:Radiol "
    "radiat:Radiat regional:Reg rehabilitat:Rehabil report:Rep reproduct:Reprod "
    "research:Res respirat:Respir review:Rev rheumat:Rheumatol royal:R safet:Saf "
    "science:Sci scientif:Sci sensor:Sens social:Soc society:Soc sociol:Sociol "
    "soil:Soil solid:Solid spectroscop:Spectrosc statist:Stat structur:Struct "
    "studies:Stud surface:Surf surg:Surg survey:Surv symposium:Symp system:Syst "
    "technolog:Technol telecommun:Telecommun theor:Theor therap:Ther "
    "thermal:Therm tissue:Tissue toxicolog:Toxicol transact:Trans "
    "transplant:Transplant transport:Transp tropic:Trop university:Univ "
    "urolog:Urol vascular:Vasc veterinar:Vet virol:Virol water:Water "
    "zeitschrift:Z zoolog:Zool"
)
_STEMS: Final = dict(pair.split(":") for pair in _STEM_TABLE.split())
_BY_LENGTH: Final = sorted(_STEMS, key=len, reverse=True)
_DROPPED_WORDS: Final = (
    "a an and the of for in on to with de la le les des du et der die das und für "
    "fur zur et del y & e"
)
_DROPPED: Final = frozenset(_DROPPED_WORDS.split())
_ACRONYM: Final = re.compile(r"[A-Z]{2,}")


def iso4(title: str, *, dots: bool) -> str | None:
    """The abbreviated title; None where the rules leave it whole.

    A title of one word is not abbreviated, articles and conjunctions go, a word that
    is not in the list stays, what stands in brackets behind it too.
    """
    words = [
        w for w in re.split(r"[\s,:]+", title) if w and w.casefold() not in _DROPPED
    ]
    if len(words) < 2:
        return None
    short = [_word(word, dots=dots) for word in words]
    return " ".join(short) if short != words else None


def _word(word: str, *, dots: bool) -> str:
    if "-" in word:
        return "-".join(_word(part, dots=dots) for part in word.split("-"))
    if _ACRONYM.fullmatch(word) or not word[:1].isalpha():
        return word
    key = word.casefold()
    stem = next((stem for stem in _BY_LENGTH if key.startswith(stem)), None)
    if stem is None or len(_STEMS[stem]) >= len(word):
        return word
    return _STEMS[stem] + ("." if dots else "")
