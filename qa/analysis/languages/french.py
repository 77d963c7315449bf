"""French."""

from __future__ import annotations

import re
from typing import Final

from qa.analysis.languages.words_of_language import WordsOfLanguage, forms, words

_STOPWORDS: Final = """
a afin ai aie ainsi alors apres as au aucun aucune auquel aura aurait auront aussi autre autres
aux auxquelles auxquels avaient avait avant avec avez avoir avons ayant c ca car ce ceci cela
celle celles celui cependant certain certaine certaines certains ces cet cette ceux chacun chacune
chaque chez ci combien comme comment concernant contre d dans de depuis derriere des desquelles
desquels devant donc dont du duquel durant elle elles en encore entre envers es est et etaient
etait etant ete etes etre eu eux faire fais faisait faisant fait faites faut fera ferait feront
font furent fut hors il ils j je jusqu jusque l la laquelle le lequel les lesquelles lesquels leur
leurs lors lorsque lui m ma mais malgre me meme memes mes mien moi moins mon n ne ni non nos notre
nous on ont ou par parce parmi pas pendant peu peut peuvent peux plus plusieurs pour pourquoi
pourrait puis puisque qu quand quant que quel quelle quelles quelqu quelque quelques quels qui
quoi quoique s sa sans sauf se selon sera serait seront ses si sien sinon soient soit sommes son
sont sous soyez suis sur t ta tandis te tel telle telles tels tes toi ton toujours tous tout toute
toutes tres tu un une vers via voici voila voire vont vos votre vous y
"""
_FRAMING: Final = """
appelle appellent appelles connaitre connaissance connaissances correspond correspondent
couvre couvrent savoir decrire citer concerne concernent contient contiennent definir dire dis
disent dit enumerer expliquer parle parlent preciser signifie signifient veulent veut
"""
_IRREGULAR: Final = """
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
# Words of both languages (a, on, or, me, car, as, an acronym such as AI or US) tell neither.
_TELLING: Final = """
afin ainsi ait alors après au aucun aucune aussi autre autres aux avant avec avez avoir avons c' ce
ceci cela celle celles celui cependant ces cet cette ceux chaque chez combien comme comment d' dans
de depuis des doit doivent donc dont du dès elle elles en encore entre est et eu fait faut ici il
ils j' je jusqu' l' la laquelle le lequel les lesquelles lesquels leur leurs lors lorsqu' lorsque m'
mais mes moins mon même mêmes n' ne nos notre nous ont ou où par parfois parmi pas pendant peu peut
peuvent plus plusieurs pour pourquoi près puis qu' quand que quel quelle quelles quels qui quoi s'
sa sans se selon sera seront ses si sinon soit son sont sous souvent suis sur t' tandis tes ton
toujours tous tout toute toutes trop très tu un une vers via voici voilà vos votre vous à étaient
était étant être
"""
FRENCH: Final = WordsOfLanguage(
    stemmer="french",
    stopwords=words(_STOPWORDS),
    framing=words(_FRAMING),
    irregular=forms(_IRREGULAR),
    telling=words(_TELLING),
    ending=re.compile(
        r"(?:eurs?|eux|euses?|iques?|ismes?|ements?|aires?|elles?|ettes?|oires?|eaux|iens?|iennes?|ives?"
        r"|ières?|ées?|és?|ités?|thérapies?|logies?|gies?|phies?|émies?|emies?|ites?|oses?|ants?|antes?"
        r"|ires?|ables?|ibles?|tre|bre|ez|er|ir)$"
    ),
    letter=re.compile("[àâçéèêëîïôùûœæ]"),
    negative=re.compile(r"\b(?:pas|jamais|sans|aucune?)\b"),
    negating=re.compile(r"\b(?:ne|pas|jamais|sans|aucune?|est|sont|etre)\b|\bn['’]"),
)
