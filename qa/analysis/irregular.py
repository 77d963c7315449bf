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
acquiert acquièrent=acquérir agit agissent=agir atteignent atteint=atteindre bat battent=battre
boit boivent=boire combat combattent=combattre conclut concluent=conclure construit
construisent=construire craint craignent=craindre croît croissent=croître court courent=courir
couvert couverts couverte couvertes=couvrir découvert découverts=découvrir défend défendent=défendre
dépend dépendent=dépendre détruit détruisent=détruire dort dorment=dormir étend étendent=étendre
exclut excluent=exclure inclut incluent=inclure lisent=lire meurt meurent=mourir
naît naissent=naître nuit nuisent=nuire offert offerts=offrir ouvert ouverts ouverte
ouvertes=ouvrir perd perdent perdu perdus=perdre répand répandent=répandre répond
répondent=répondre résout résolvent=résoudre restreint restreignent=restreindre sentent=sentir
servent sert=servir souffert souffrent=souffrir suffit suffisent=suffire suit suivent=suivre
suspend suspendent suspendu=suspendre vit vivent=vivre voient voit=voir apparaît
apparaissent=apparaître disparaît disparaissent=disparaître connaît connaissent=connaître reçoit
reçoivent reçu=recevoir perçoit perçoivent=percevoir aperçoit aperçoivent=apercevoir
conçoit conçoivent=concevoir permet permettent=permettre transmet transmettent transmis
transmise=transmettre admet admettent=admettre émet émettent=émettre met mettent=mettre omet
omettent=omettre prend prennent=prendre apprend apprennent=apprendre comprend
comprennent=comprendre entreprend entreprennent=entreprendre reprend reprennent=reprendre produit
produisent=produire réduit réduisent=réduire induit induisent=induire introduit
introduisent=introduire traduit traduisent=traduire obtient obtiennent obtenu=obtenir contient
contiennent=contenir maintient maintiennent=maintenir entretient entretiennent=entretenir soutient
soutiennent=soutenir tient tiennent=tenir vient viennent=venir devient deviennent devenu=devenir
intervient interviennent=intervenir prévient préviennent=prévenir provient proviennent=provenir
survient surviennent=survenir convient conviennent=convenir prescrit prescrivent=prescrire décrit
décrivent=décrire inscrit inscrivent=inscrire interdit interdisent=interdire maux=mal yeux=œil
travaux=travail
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
"""Dictionary form by irregular form, both in lower case, with their accents."""
