"""Short and spoken forms of given names: a closed list (comparison.md, section 4)."""

from __future__ import annotations

from typing import Final

# One line per name: all its forms. English, then what other languages shorten with
# another first letter; a short form that only cuts the end needs no entry.
_FORMS: Final = """
alexander alexandra sandy sasha xander lex
alice elsie
andrew drew
anthony tony
antonio antonia toni tonio
augustus gus
bartholomew bart
catherine kate katie kathy kitty cathy cate
katherine kathryn kate katie kathy kitty
charles chuck charlie chas carl
christine christina tina chris kristina
cornelius kees cor
deborah debra debbie
donald don
dorothy dot dolly
edward ned ted teddy eddie
edmund ned ted
eleanor nora nell ellie
elizabeth elisabeth beth betty bess liz lizzie lisa eliza libby lise
evgeny evgenii yevgeny yevgeniy eugene zhenya
ferdinand nando
florence flo
francis francisco francesco frank paco pancho
franciscus frans
frederick fritz fred rick
friedrich fritz
gabriel gabor
georgios yorgos george giorgos
gerard gerry jerry
gerardus gerard
gilbert bert
giovanni gianni john
giuseppe beppe pino joseph
gregory greg
hannah anna
heinrich heinz henry
helen nell ellen
henry harry hank hal
hendrik henk
herbert bert
isabel bella
ignacio nacho
jacob jake jim
jacobus jaap koos
james jim jimmy jamie
jean jeanne
jesus chucho
joanna jo hanna
johann hans johannes john
johannes hans jan
john jack johnny
jonathan jon nathan
jose pepe josep
joseph joe
katarzyna kasia
laurence larry lawrence
leonard len lenny
louis lewis ludwig luis
luigi gigi
margaret peggy maggie meg greta rita daisy
maria marie mary mia miriam
martha patty
mary molly polly
matilda tilda
michael mike mick mickey misha
mikhail misha michael
nathaniel nat nate
nicholas nick klaus nico
nikolaus klaus
oliver noll
patricia pat tricia trish patsy
penelope penny
peter pete pieter petr
petrus piet peter
philip phil pip
richard dick rick rich ricky
robert bob bobby rob bert robin
rebecca becky
rosalind roz
rudolf dolf
samuel sam
sarah sally sadie
sebastian bastian
stephen steven steve stefan
susan sue susie
teresa theresa tess terry
theodore ted teddy theo
thomas tom tommy
timothy tim
victoria vicky tori
vladimir volodymyr wladimir
virginia ginny
walter wally
wilhelm willi willy william
wilhelmus wim willem
willem wim pim
william bill billy will willie wm liam
xavier javier
yuri yury yurii iurii iuri jurij juri yuriy georgy
yulia iuliia julia yuliya juliya
zachary zack
ekaterina yekaterina katerina catherine katya
elena helena yelena
emelyan yemelyan
efim yefim
egor yegor
christos khristos hristos
ioannis yannis yiannis giannis john
iakov yakov jakov jacob
yana iana jana
yaroslav iaroslav jaroslav
kholm holm
"""
_GROUPS: Final[dict[str, frozenset[int]]] = {}
for _number, _line in enumerate(_FORMS.split("\n")):
    for _form in _line.split():
        _GROUPS[_form] = _GROUPS.get(_form, frozenset()) | {_number}


def are_forms_of_one_name(one: str, other: str) -> bool:
    """Whether two folded given names are used for each other.

    >>> are_forms_of_one_name("bill", "william"), are_forms_of_one_name("bill", "bob")
    (True, False)
    """
    groups = _GROUPS.get(one)
    return groups is not None and not groups.isdisjoint(_GROUPS.get(other, ()))
