"""Journals that words alone do not tell apart, or tell apart wrongly.

A hand-made table of general knowledge, to be checked in public catalogues (title
histories and ISSNs). It need not be complete: of what it does not know, nothing is
said but that the name was not recognised.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain
from typing import Final

from lupusrefs.compare.abbreviations import Tokens, content
from lupusrefs.compare.text import words

# One journal under several names, "|" between them: former names, long forms,
# acronyms. ISSNs stand first where a registered name may be a mere code.
_ONE_JOURNAL: Final = """
0027-8424 1091-6490|Proceedings of the National Academy of Sciences|PNAS
0098-7484 1538-3598|JAMA|Journal of the American Medical Association
0028-4793 1533-4406|New England Journal of Medicine|NEJM\
|Boston Medical and Surgical Journal
0959-8138 1756-1833 0007-1447|BMJ|British Medical Journal|BMJ Clinical Research Ed
2168-6068 2168-6084 0003-987X|JAMA Dermatology|Archives of Dermatology\
|Archives of Dermatology and Syphilology|A.M.A. Archives of Dermatology
2168-6106 2168-6114 0003-9926|JAMA Internal Medicine|Archives of Internal Medicine\
|A.M.A. Archives of Internal Medicine
2168-6149 2168-6157 0003-9942|JAMA Neurology|Archives of Neurology\
|A.M.A. Archives of Neurology and Psychiatry|Archives of Neurology and Psychiatry
2168-6165 2168-6173 0003-9950|JAMA Ophthalmology|Archives of Ophthalmology\
|A.M.A. Archives of Ophthalmology
2168-6181 2168-619X 0886-4470|JAMA Otolaryngology-Head & Neck Surgery\
|Archives of Otolaryngology-Head and Neck Surgery|Archives of Otolaryngology\
|A.M.A. Archives of Otolaryngology
2168-6203 2168-6211 1072-4710|JAMA Pediatrics\
|Archives of Pediatrics & Adolescent Medicine|American Journal of Diseases of Children\
|A.M.A. Journal of Diseases of Children
2168-622X 2168-6238 0003-990X|JAMA Psychiatry|Archives of General Psychiatry\
|A.M.A. Archives of General Psychiatry
2168-6254 2168-6262 0004-0010|JAMA Surgery|Archives of Surgery\
|A.M.A. Archives of Surgery
JAMA Facial Plastic Surgery|Archives of Facial Plastic Surgery\
|Facial Plastic Surgery & Aesthetic Medicine
1570-8268|Journal of Web Semantics|Web Semantics
Multiple Sclerosis Journal|Multiple Sclerosis
Genetics Research|Genetical Research
FEBS Journal|European Journal of Biochemistry|Biochemische Zeitschrift
Biological Chemistry|Biological Chemistry Hoppe-Seyler\
|Hoppe-Seyler's Zeitschrift für Physiologische Chemie
American Journal of Respiratory and Critical Care Medicine\
|American Review of Respiratory Disease|American Review of Tuberculosis
Journal of the Association for Information Science and Technology\
|Journal of the American Society for Information Science and Technology\
|Journal of the American Society for Information Science|American Documentation
Bulletin of the Association for Information Science and Technology\
|Bulletin of the American Society for Information Science and Technology
European Journal of Organic Chemistry|Liebigs Annalen|Annalen der Chemie\
|Justus Liebigs Annalen der Chemie
European Journal of Inorganic Chemistry|Chemische Berichte\
|Berichte der deutschen chemischen Gesellschaft
Journal of Physiology|Journal of Physiology London
Proceedings of the Royal Society A|Proceedings of the Royal Society of London A
Proceedings of the Royal Society B|Proceedings of the Royal Society of London B\
|Proceedings Biological Sciences|Proceedings Biological Sciences The Royal Society
Philosophical Transactions of the Royal Society A\
|Philosophical Transactions of the Royal Society of London A
Philosophical Transactions of the Royal Society B\
|Philosophical Transactions of the Royal Society of London B
Acta Ophthalmologica|Acta Ophthalmologica Scandinavica
Acta Paediatrica|Acta Paediatrica Scandinavica
Journal of Cell Biology|Journal of Biophysical and Biochemical Cytology
Scandinavian Journal of Urology|Scandinavian Journal of Urology and Nephrology
Astrophysical Journal|ApJ
Astrophysical Journal Letters|ApJL|ApJ Lett
Astrophysical Journal Supplement Series|ApJS
Astronomical Journal|AJ
MMWR|Morbidity and Mortality Weekly Report
Lecture Notes in Computer Science|LNCS
Advances in Neural Information Processing Systems|NIPS|NeurIPS
SSRN Electronic Journal|SSRN|Social Science Research Network|Available at SSRN
Cochrane Database of Systematic Reviews|Cochrane Library
Eos Transactions American Geophysical Union|Eos
CA A Cancer Journal for Clinicians|CA
Arthritis & Rheumatology|Arthritis & Rheumatism
Journal of Experimental and Theoretical Physics|JETP|Soviet Physics JETP
JETP Letters|Journal of Experimental and Theoretical Physics Letters
Integrative and Comparative Biology|American Zoologist
Journal of Applied Microbiology|Journal of Applied Bacteriology
Letters in Applied Microbiology|Letters in Applied Bacteriology
Annals of Human Genetics|Annals of Eugenics
Molecular Reproduction and Development|Gamete Research
Geophysical Journal International|Geophysical Journal\
|Geophysical Journal of the Royal Astronomical Society
Journal of Chemical Information and Modeling|Journal of Chemical Documentation\
|Journal of Chemical Information and Computer Sciences
Microscopy Research and Technique|Journal of Electron Microscopy Technique
Macromolecular Chemistry and Physics|Makromolekulare Chemie
Macromolecular Rapid Communications|Makromolekulare Chemie Rapid Communications
Mammal Research|Acta Theriologica
Molecular Ecology Resources|Molecular Ecology Notes
Plant Biology|Acta Botanica Neerlandica|Botanica Acta
Soil Science Society of America Journal|Soil Science Society of America Proceedings
American Journal of Roentgenology|AJR\
|American Journal of Roentgenology, Radium Therapy and Nuclear Medicine
Ethology|Zeitschrift für Tierpsychologie
Environmental Toxicology|Toxicity Assessment|Environmental Toxicology and Water Quality
Ecological Entomology|Transactions of the Royal Entomological Society of London
Berichte der Bunsengesellschaft für physikalische Chemie|Zeitschrift für Elektrochemie
Journal of the American Water Resources Association|Water Resources Bulletin
Annual Review of Environment and Resources|Annual Review of Energy\
|Annual Review of Energy and the Environment
Annual Review of Ecology, Evolution, and Systematics\
|Annual Review of Ecology and Systematics
Microbiology and Molecular Biology Reviews|Microbiological Reviews\
|Bacteriological Reviews
Applied and Environmental Microbiology|Applied Microbiology
Austral Ecology|Australian Journal of Ecology
The Science of Nature|Naturwissenschaften
Microbiology|Journal of General Microbiology
International Journal of Systematic and Evolutionary Microbiology\
|International Journal of Systematic Bacteriology
Monatshefte für Chemie|Chemical Monthly
Rejuvenation Research|Journal of Anti-Aging Medicine
BJOG|British Journal of Obstetrics and Gynaecology
BJU International|British Journal of Urology
ANZ Journal of Surgery|Australian and New Zealand Journal of Surgery
Journal of the Academy of Nutrition and Dietetics\
|Journal of the American Dietetic Association
Journal of Minimally Invasive Gynecology\
|Journal of the American Association of Gynecologic Laparoscopists
Cancer Science|Japanese Journal of Cancer Research|Gann
Circulation Journal|Japanese Circulation Journal
Pflügers Archiv European Journal of Physiology|Pflügers Archiv
Virchows Archiv|Virchows Archiv A Pathological Anatomy and Histopathology
Naunyn-Schmiedeberg's Archives of Pharmacology\
|Naunyn-Schmiedebergs Archiv für Pharmakologie
"""

# Journals whose name is the beginning of others'. To cite one for another is an error.
# Not here: those whose parts have long been cited and registered under the common name
# (Journal of Geophysical Research, The Astrophysical Journal, Angewandte Chemie).
_PARENTS: Final = """
Allergy|Anaesthesia|Anesthesiology|Atherosclerosis|Biochemistry|Blood|BMJ|Bone|Brain
Cancer|Cancers|Carbon|Cell|Cells|Chem|Chest|Circulation|Development|Diabetes|Ecology
Endocrinology|Energy|Epilepsia|Evolution|Eye|Gastroenterology|Gene|Genes|Genetics
Geology|Gut|Headache|Heart|Hepatology|Hypertension|Immunity|Immunology|JAMA|Joule
Lancet|Leukemia|Lupus|Materials|Matter|Medicine|Molecules|Nature|NeuroImage|Neurology
Neuron|Nutrients|Obesity|Oncogene|Ophthalmology|Pain|Pediatrics|Pharmacology|Placenta
Polymer|Polymers|Psychiatry|Radiology|Rheumatology|Science|Sensors|Sleep|Small|Spine
Stroke|Surgery|Sustainability|Tetrahedron|Thorax|Toxicology|Transplantation|Urology
Vaccine|Virology|Viruses|Water|Acta Crystallographica
American Journal of Medical Genetics|Biological Psychiatry|European Heart Journal
European Physical Journal|European Urology|Forensic Science International
Journal of Chromatography|Journal of Hydrology|Journal of Materials Chemistry
Journal of Physical Chemistry|Journal of Physics|Journal of Physiology
Journal of the American College of Cardiology|Journal of the Optical Society of America
Journal of Allergy and Clinical Immunology|Kidney International|Mayo Clinic Proceedings
Molecular Cell|Molecular Therapy|Nature Reviews|Nuclear Physics|Physica|Physical Review
Physics Letters|Proceedings of the Royal Society
Philosophical Transactions of the Royal Society
"""

_ISSN: Final = re.compile(r"[0-9]{4}-[0-9]{3}[0-9X]")
_SERVER: Final = re.compile(
    r"(?:ar|bio|med|chem|psy|soc|ed|engr|earth|law|agri|tech|eco|meta|sport|open)r?xiv"
    r"|\bpreprints?\b|research\s?square|\bssrn\b|\bauthorea\b",
    re.IGNORECASE,
)


def is_preprint_server(name: str) -> bool:
    """Whether a container is a place where preprints are posted.

    >>> is_preprint_server("arXiv preprint 1706.03762"), is_preprint_server("Cell")
    (True, False)
    """
    return _SERVER.search(name) is not None


@lru_cache(maxsize=1)
def _journals() -> dict[str | Tokens, tuple[Tokens, ...]]:
    """ISSN, or words of a name -> words of all names of that journal."""
    table: dict[str | Tokens, tuple[Tokens, ...]] = {}
    for line in _ONE_JOURNAL.split("\n"):
        issns = _ISSN.findall(line)
        names = [part for part in line.split("|") if part and part[:9] not in issns]
        tokens = tuple(words(name) for name in names)
        for entry in chain(issns, map(content, tokens)):
            table[entry] = tokens
    return table


@lru_cache(maxsize=1)
def _parents() -> frozenset[Tokens]:
    names = _PARENTS.replace("\n", "|").split("|")
    return frozenset(_bare(words(name)) for name in names if name)


def _bare(name: Tokens) -> Tokens:
    """Without what is left out most often; "at" may be short for "atomic"."""
    return tuple(token for token in name if token not in {"the", "and", "of"})


def names_of(name: Tokens, issns: Tokens = ()) -> tuple[Tokens, ...]:
    """All known names of a journal, or none.

    Args:
        name: the words of one of its names.
        issns: with hyphens.
    """
    table = _journals()
    for entry in (content(name), *issns):
        if entry in table:
            return table[entry]
    return ()


def is_parent(name: Tokens) -> bool:
    """Whether other journals are known to have names that begin with this one."""
    return _bare(name) in _parents()


def is_known(name: Tokens) -> bool:
    """Whether it is the full name of a journal in the tables."""
    return is_parent(name) or content(name) in _journals()
