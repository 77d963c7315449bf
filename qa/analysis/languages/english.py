"""English."""

from __future__ import annotations

import re
from typing import Final

from qa.analysis.languages.words_of_language import WordsOfLanguage, forms, words

_STOPWORDS: Final = """
a about above after again against all also although am among an and any are aren as at be because
been before being below between both but by can cannot could couldn d did didn do does doesn doing
don down during each either else etc ever every few for from further get gets getting got gotten
had hadn has hasn have haven having he her here hers herself him himself his how however i if in
into is isn it its itself just let lets ll m made make makes making may me might more most much
must my myself neither no nor not of off often on once one only or other others our ours ourselves
out over own per re s same shall she should shouldn since so some such t than that the their
theirs them themselves then there therefore these they this those though through thus to too under
until up upon us ve very was wasn we were weren what whatever when where whereas whether which
while who whom whose why will with within without won would wouldn yet you your yours yourself
yourselves
"""
_FRAMING: Final = """
call called calls concern concerns contain contains cover covers define defining describe
describing explain explaining know knowing knowledge list mean meaning means name say says
specify stand stands state tell tells
"""
_IRREGULAR: Final = """
arisen arose=arise ate eaten=eat became=become began begun=begin bitten=bite bled=bleed blew
blown=blow borne=bear bought=buy bred=breed broke broken=break brought=bring built=build
burnt=burn came=come caught=catch chose chosen=choose dealt=deal died dying=die drank drunk=drink
drawn drew=draw driven drove=drive dug=dig fallen fell=fall fed=feed fought=fight found=find
fled=flee forgot forgotten=forget froze frozen=freeze gave given=give grew grown=grow heard=hear
hidden hid=hide knew known=know laid=lay lain=lie led=lead lent=lend made=make meant=mean met=meet
overcame=overcome paid=pay ran=run risen=rise seen=see sent=send shaken shook=shake shone=shine
shown=show shrank shrunk=shrink slept=sleep sold=sell sought=seek spent=spend spoke spoken=speak
sprang sprung=spring stole stolen=steal struck stricken=strike swelled swollen=swell swam=swim
taken took=take taught=teach threw thrown=throw tore torn=tear understood=understand undergone
underwent=undergo woke woken=wake wore worn=wear withdrawn withdrew=withdraw written wrote=write
children=child men=man women=woman feet=foot teeth=tooth mice=mouse lice=louse crises=crisis
criteria=criterion phenomena=phenomenon bacteria=bacterium fungi=fungus foci=focus nuclei=nucleus
stimuli=stimulus emboli=embolus thrombi=thrombus bronchi=bronchus vertebrae=vertebra larvae=larva
ova=ovum appendices=appendix knives=knife wives=wife halves=half calves=calf
"""
# Words of both languages (a, on, or, me, car, as, an acronym such as AI or US) tell neither.
_TELLING: Final = """
about above after again against all also although always am an and any are at be because been before
being below between both but by can cannot could did do does doing done down during each either
every few for from further get give given had has have having he her here his how however if in into
is it its itself just less let like made make many may might more most much must my neither not now
of off often once only other others our out over own rather same shall she should since so some such
than that the their them then there therefore these they this those through thus to too under until
up upon used very was we were what when where whether which while who whom whose why will with
within without would you your
"""
ENGLISH: Final = WordsOfLanguage(
    stemmer="english",
    greek_noun="sis",
    stopwords=words(_STOPWORDS),
    framing=words(_FRAMING),
    irregular=forms(_IRREGULAR),
    telling=words(_TELLING),
    ending=re.compile(
        r"(?:ings?|ness|ity|ities|ally|fully|ical|ics?|isms?|ous|[a-z]ly|y|ies|ed|ght|th|sh|ck|wn|ful|less"
        r"|ship|ments?|ers?|ors?|[a-z]ee|oo[a-z]|aw[a-z]?|ow[a-z]?)$"
    ),
    negative=re.compile(r"\b(?:not|no|never|without|cannot)\b|n['’]t\b"),
    negating=re.compile(r"\b(?:not|no|never|without|cannot|do|does|did|is|are|be)\b|n['’]t\b"),
)
