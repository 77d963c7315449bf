"""English forms that no stemmer brings back to their dictionary form."""

from __future__ import annotations

from typing import Final

_FORMS: Final = """
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


def _parse(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    forms: list[str] = []
    for word in text.split():
        form, _, base = word.partition("=")
        forms.append(form)
        if base:
            found.update(dict.fromkeys(forms, base))
            forms = []
    return found


IRREGULAR: Final = _parse(_FORMS)
"""Dictionary form by irregular form, both in lower case."""
