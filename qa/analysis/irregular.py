"""Forms that no stemmer brings back to their dictionary form, by language."""

from __future__ import annotations

from typing import Final

from qa.models import Language

_ENGLISH: Final = """
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

_FRENCH: Final = """
acquiert acquièrent=acquérir agit agissent=agir bat battent=battre boit boivent=boire
combattent=combattre conclut concluent=conclure croît croissent=croître courent=courir couvert
couverts couverte couvertes=couvrir défend défendent=défendre dépend dépendent=dépendre dort
dorment=dormir étend étendent=étendre exclut excluent=exclure inclut incluent=inclure lisent=lire
meurt meurent=mourir naît naissent=naître nuisent=nuire ouvert ouverts ouverte ouvertes=ouvrir
perd perdent perdu perdus perdue perdues=perdre répand répandent=répandre répond
répondent=répondre résout résolvent=résoudre sentent=sentir sert servent=servir souffert
souffrent=souffrir suffit suffisent=suffire suit suivent=suivre suspend suspendent suspendu
suspendus suspendue suspendues=suspendre vit vivent=vivre voit voient=voir apparaît
apparaissent=apparaître disparaît disparaissent=disparaître connaît connaissent=connaître reçoit
reçoivent reçu reçus reçue reçues=recevoir perçoit perçoivent=percevoir aperçoit
aperçoivent=apercevoir conçoit conçoivent=concevoir met mettent=mettre admet admettent=admettre
émet émettent=émettre omet omettent=omettre permet permettent=permettre transmet transmettent
transmis transmise transmises=transmettre prend prennent=prendre apprend apprennent=apprendre
comprend comprennent=comprendre entreprend entreprennent=entreprendre reprend reprennent=reprendre
tient tiennent=tenir contient contiennent=contenir entretient entretiennent=entretenir maintient
maintiennent=maintenir obtient obtiennent obtenu obtenus obtenue obtenues=obtenir soutient
soutiennent=soutenir vient viennent=venir convient conviennent=convenir devient deviennent devenu
devenus devenue devenues=devenir intervient interviennent=intervenir prévient préviennent=prévenir
provient proviennent=provenir survient surviennent=survenir décrit décrits décrite décrites
décrivent=décrire inscrit inscrits inscrite inscrites inscrivent=inscrire interdit interdits
interdite interdites interdisent=interdire prescrit prescrits prescrite prescrites
prescrivent=prescrire construire construisent=construit détruire détruisent=détruit induire
induisent=induit introduire introduisent=introduit produire produisent=produit réduire
réduisent=réduit traduire traduisent=traduit atteindre atteignent=atteint craindre
craignent=craint restreindre restreignent=restreint maux=mal travaux=travail yeux=œil
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


IRREGULAR: Final[dict[Language, dict[str, str]]] = {
    "fr": _parse(_FRENCH),
    "en": _parse(_ENGLISH),
}
"""By form, the one of its word that the stemmer brings most others to: the dictionary form, or the
participle (`réduire` goes to `réduit`, as `réduite` does). All in lower case, with accents.
"""
