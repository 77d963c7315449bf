"""Templates of wikis whose words a reader sees, by what they do with their parameters.

A template is a program that is not at hand. Of those that many wikis have, what they show is known;
of another, words that can only be text are kept, and where they were in a sentence but are not
known, a mark stands for them, so that the sentence is not shown as if it were whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from qa.reading.tex_math import raised

GAP: Final = "[…]"
"""What stands for words of a template that is not known."""

Show = Callable[[Sequence[str], Mapping[str, str]], str]
"""From the parameters without and with a name, in wikitext, to what is shown, in wikitext."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a template shows; `is_block` where it stands apart from the text around."""

    text: str
    is_block: bool = False
    is_known: bool = True


def _first(own: Sequence[str], named: Mapping[str, str]) -> str:
    return own[0] if own else _some(named, "fr", "texte", "text", "contenu", "content", "1")


def _last(own: Sequence[str], named: Mapping[str, str]) -> str:
    return own[-1] if own else _first(own, named)


def _second(own: Sequence[str], named: Mapping[str, str]) -> str:
    return own[1] if len(own) > 1 and own[1].strip() else _first(own, named)


def _words(own: Sequence[str], named: Mapping[str, str]) -> str:
    return " ".join(own) if own else _first(own, named)


def _joined(own: Sequence[str], named: Mapping[str, str]) -> str:
    return "".join(own) if own else _first(own, named)


def _lines(own: Sequence[str], named: Mapping[str, str]) -> str:
    return "\n".join(f"* {one.strip()}" for one in own if one.strip())


def _unit(own: Sequence[str], named: Mapping[str, str]) -> str:
    """`2.4|mg/kg`, and `5|kg|m|-2` with the exponent behind its unit."""
    parts = [own[0].strip()] if own else [_first(own, named)]
    for one in (each.strip() for each in own[1:]):
        is_exponent = len(parts) > 1 and re.fullmatch(r"[-−+]?\d", one)
        if is_exponent:
            parts[-1] += raised(one)
        elif one:
            parts.append(one)
    return f"{parts[0]} {'·'.join(parts[1:])}" if len(parts) > 1 else parts[0]


def _convert(own: Sequence[str], named: Mapping[str, str]) -> str:
    """`{{convert|37|C|F}}`: as it was written; a range has its second number third."""
    if len(own) > 3 and own[1].strip() in ("-", "–", "to", "and", "à", "et", "by", "x", "±"):
        return f"{own[0].strip()} {own[1].strip()} {own[2].strip()} {own[3].strip()}"
    return " ".join(one.strip() for one in own[:2])


def _fraction(own: Sequence[str], named: Mapping[str, str]) -> str:
    parts = [one.strip() for one in own]
    return f"{parts[0]} {parts[1]}/{parts[2]}" if len(parts) > 2 else "/".join(parts)


def _raised(own: Sequence[str], named: Mapping[str, str]) -> str:
    return raised(_first(own, named))


def _century(own: Sequence[str], named: Mapping[str, str]) -> str:
    return f"{_first(own, named)}e siècle"


def _ordinal(own: Sequence[str], named: Mapping[str, str]) -> str:
    return f"{_first(own, named)}e"


def _degrees(own: Sequence[str], named: Mapping[str, str]) -> str:
    return f"{_first(own, named)} °C"


def _formula(own: Sequence[str], named: Mapping[str, str]) -> str:
    return f"<math>{_first(own, named)}</math>"


def _box(own: Sequence[str], named: Mapping[str, str]) -> str:
    """A title, and the text of a box below it."""
    title = _some(named, "titre", "title", "intitulé", "heading", "nom", "header")
    texts = [*own, *(named[key] for key in named if key in _BOX_TEXTS)]
    shown = [f"'''{title.strip()}'''"] if title.strip() else []
    return "\n\n".join([*shown, *(text.strip("\n") for text in texts if text.strip())])


def _some(named: Mapping[str, str], *keys: str) -> str:
    return next((named[key] for key in keys if named.get(key, "").strip()), "")


_BOX_TEXTS: Final = frozenset(
    "texte text contenu content message corps body description quote citation liste list col1 col2"
    " col3 col4 colonne1 colonne2 colonne3 1 2 3 4 5".split()
)
_SHOWS: Final[Mapping[Show, str]] = {
    _first: """
        nobr nowrap nobreak insécable w w2 lien wp wikipédia
        ill interlanguage_link link lia abréviation
        abbr abr abbreviation tooltip infobulle small petit gras bold italique italic em strong
        souligné underline u surligner highlight citation quote_inline référence_nécessaire
        citation_nécessaire barré strike term terme dfn formatnum nombre num nb number nombre_romain
        lang-fr lang-en lang-la clr smallcaps pc petites_capitales blockquote_inline sic code tt kbd
        kbd var samp mono oldid_inline pas_clair
        précision_nécessaire déf réf_souhaitée passage_évasif
        page_h visible_anchor vanchor ancre_visible center centrer centré nowrap_begin sc
    """,
    _last: """
        lang langue foreign couleur color coloré
        colored font_color fontcolor texte_coloré clr2 style
    """,
    _second: "lien_web_titre article_lien ancre_lien section_link lien_ancre lnk",
    _words: "date dates date_inline jour heure heures time durée duration dmy",
    _joined: "chem2 chem chemical formule_chimique fchim ce",
    _unit: "unité unit unite unités units val quantité u_unit",
    _convert: "convert cvt conversion convertir",
    _fraction: "frac sfrac fraction fracn",
    _raised: "exp exposant sup ind_sup superscript e_exp",
    _century: "s s- siècle century_fr sp siècles",
    _ordinal: "e ème ordinal",
    _degrees: "tmp température degc °c",
    _formula: "math formule tmath mvar bigmath",
    _lines: """
        unbulleted_list plainlist ubl flatlist hlist liste_sans_puce
        liste list bulleted_list liste_simple
    """,
    _box: """
        encadré encadre boîte boite box cadre note remarque attention important info information
        warning danger astuce tip alerte avertissement définition definition exemple example rappel
        à_retenir retenir conseil mise_en_garde bloc bloc_citation citation_bloc blockquote quote
        début_citation cquote citation_longue colonnes columns multi-column multicol col div_col
        deux_colonnes trois_colonnes colonne boîte_déroulante boite_deroulante collapse collapsible
        hidden message ambox bandeau admonition panneau propriété théorème résumé objectif
        points_clés point_clé cas_clinique tableau_box encart
    """,
}
_SHOW: Final = {name: show for show, names in _SHOWS.items() for name in names.split()}
_BLOCKS: Final = frozenset({_box, _lines})
_SILENT: Final = re.compile(
    r"(?:ref|refs|réf|réfs|refn|refnec|réf\._nécessaire|sfn|sfnp|efn|harv|harvsp|note_ref"
    r"|références?|references?|reflist|notes|portail|portal|palette|navbox|ébauche|stub|.*_stub"
    r"|infobox.*|taxobox.*|voir.*|see.*|main|article.*|confusion|homonymie|about|autre.*|for"
    r"|citation_needed|cn|fact|clarify|when|who|which|by_whom|source.*|à_sourcer|à_vérifier.*"
    r"|ouvrage|lien_web|cite.*|chapitre|doi|isbn|pmid|issn|commons.*|autorité|authority_control"
    r"|defaultsort|clé_de_tri|date-.*|use_.*|short_description|clear|clr|-|saut|br|ancre|anchor"
    r"|début.*|fin.*|.*_début|.*_fin|.*_begin|.*_end|div_col_end|colbegin|colend|col-.*|top|bottom"
    r"|protection.*|pp-.*|coord|toc.*|sommaire.*|unreferenced|orphan|redirect.*|#.*|!|=|\(\(|\)\))",
    re.DOTALL,
)
_MIN_PROSE: Final = 5
_CHEMICAL: Final = re.compile(r"(?=\D{1,20}\d)(?:[A-Z][a-z]?\d{0,2}){1,8}[+-]?")
"""`{{CO2}}` shows its name."""


def shown_by(
    name: str, own: Sequence[str], named: Mapping[str, str], *, in_sentence: bool
) -> Shown:
    """What a template shows, in wikitext; empty where it shows nothing that is text."""
    key = re.sub(r"[\s_]+", "_", name.strip().casefold())
    function, _, argument = key.partition(":")
    if function == "formatnum" and argument:
        return Shown(text=argument)
    if show := _SHOW.get(key):
        return Shown(text=show(own, named), is_block=show in _BLOCKS)
    if key == "!":
        return Shown(text="|")
    if not own and not named and _CHEMICAL.fullmatch(name.strip()):
        return Shown(text=name.strip())
    if _SILENT.fullmatch(key):
        return Shown(text="")
    prose = [one for one in (*own, *named.values()) if len(one.split()) >= _MIN_PROSE]
    if in_sentence:
        is_style = len(own) == 1 and not named and any(map(str.isalpha, own[0]))
        return Shown(text=own[0] if is_style else GAP, is_known=is_style)
    return Shown(text="\n\n".join(prose), is_block=True, is_known=not (own or named) or bool(prose))
