"""Function words of French and English, folded: they carry grammar, not content."""

from __future__ import annotations

from typing import Final

from qa.models import Language

_FRENCH: Final = """
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

_ENGLISH: Final = """
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

STOPWORDS: Final[dict[Language, frozenset[str]]] = {
    "fr": frozenset(_FRENCH.split()),
    "en": frozenset(_ENGLISH.split()),
}

FRAMING: Final = frozenset(
    """
    appelle appellent appelles connaitre connaissance connaissances correspond correspondent
    couvre couvrent savoir decrire citer concerne concernent contient contiennent definir dire dis
    disent dit enumerer expliquer parle parlent preciser signifie signifient veulent veut
    call called calls concern concerns contain contains cover covers define defining describe
    describing explain explaining know knowing knowledge list mean meaning means name say says
    specify stand stands state tell tells
    """.split()
)
"""Words that set a task rather than name its subject, folded: they count less in a question."""
