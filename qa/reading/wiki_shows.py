"""What known templates of wikis show of their parameters, each in wikitext."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from qa.reading.tex_math import raised

Show = Callable[[Sequence[str], Mapping[str, str]], str]
"""From the parameters without and with a name, in wikitext, to what is shown, in wikitext."""


def first(own: Sequence[str], named: Mapping[str, str]) -> str:
    """The first parameter without a name, or the text that is named so."""
    return own[0] if own else _some(named, "texte", "text", "fr", "contenu", "content", "1")


def _link(own: Sequence[str], named: Mapping[str, str]) -> str:
    return _some(named, "texte", "text", "lt") or first(own, named)


def _last(own: Sequence[str], named: Mapping[str, str]) -> str:
    return _some(named, "texte", "text") or (own[-1] if own else first(own, named))


def _second(own: Sequence[str], named: Mapping[str, str]) -> str:
    return own[1] if len(own) > 1 and own[1].strip() else first(own, named)


def _date(own: Sequence[str], named: Mapping[str, str]) -> str:
    """Day, month and year; what stands behind them is no part of the date."""
    return " ".join(own[:3])


def _hours(own: Sequence[str], named: Mapping[str, str]) -> str:
    pairs = zip((one.strip() for one in own), ("h", "min", "s"), strict=False)
    return " ".join(f"{pair} {unit}" for pair, unit in pairs if pair)


def _joined(own: Sequence[str], named: Mapping[str, str]) -> str:
    return "".join(own) if own else first(own, named)


def _lines(own: Sequence[str], named: Mapping[str, str]) -> str:
    items = (one.strip() for one in own if one.strip())
    return "\n".join(item if item.startswith(("*", "#")) else f"* {item}" for item in items)


def _unit(own: Sequence[str], named: Mapping[str, str]) -> str:
    """`2.4|mg/kg`, `10|à|20|mg`, and `5|kg|m|-2` with the exponent behind its unit."""
    numbers: list[str] = []
    units: list[str] = []
    for one in (each.strip() for each in own or [first(own, named)]):
        if units and re.fullmatch(r"[-−+]?\d", one):
            units[-1] += raised(one)
        elif not units and (not numbers or one in _RANGES or numbers[-1] in _RANGES):
            numbers.append(one)
        elif one:
            units.append(one)
    power = _some(named, "e")
    tens = f"×10{raised(power)}" if power else ""
    return f"{' '.join(numbers)}{tens} {'·'.join(units)}".strip()


def _value(own: Sequence[str], named: Mapping[str, str]) -> str:
    """`{{val|1.2|0.1|e=6|u=m/s}}`; two further numbers are what may be added and taken away."""
    number, *more = (one.strip() for one in own or [""])
    spread = f"+{more[0]}−{more[1]}" if len(more) > 1 else "".join(f" ± {one}" for one in more)
    power, unit = _some(named, "e"), _some(named, "u", "ul", "up", "upl")
    tens = f"×10{raised(power)}" if power else ""
    return f"{_some(named, 'p')}{number}{spread}{tens} {unit}".strip()


def _convert(own: Sequence[str], named: Mapping[str, str]) -> str:
    """`{{convert|37|C|F}}`: as it was written; a range has its second number third."""
    if len(own) > 3 and own[1].strip() in _RANGES:
        return f"{own[0].strip()} {own[1].strip()} {own[2].strip()} {own[3].strip()}"
    return " ".join(one.strip() for one in own[:2])


def _fraction(own: Sequence[str], named: Mapping[str, str]) -> str:
    parts = [one.strip() for one in own]
    return f"{parts[0]} {parts[1]}/{parts[2]}" if len(parts) > 2 else "/".join(parts)


def _raised(own: Sequence[str], named: Mapping[str, str]) -> str:
    return raised(first(own, named))


def _between(before: str, after: str, shown: Show = first) -> Show:
    """What is shown, with words or signs around it."""
    return lambda own, named: f"{before}{shown(own, named)}{after}"


_power: Final = _between("10", "", _raised)
_times_power: Final = _between("×10", "", _raised)
_about: Final = _between("ca. ", "")
_percent: Final = _between("", " %")
_ordinal: Final = _between("", "e")
_century: Final = _between("", "e siècle")
_century_before: Final = _between("", "e siècle av. J.-C.")


def _as_of(own: Sequence[str], named: Mapping[str, str]) -> str:
    return f"as of {' '.join(own)}"


def _centuries(own: Sequence[str], named: Mapping[str, str]) -> str:
    """`{{s2|XIX|e|XX|e}}`: two of them."""
    return f"{own[0]}e et {own[2]}e siècles" if len(own) > 2 else _century(own, named)


def _degrees(own: Sequence[str], named: Mapping[str, str]) -> str:
    unit = own[1].strip() if len(own) > 1 else ""
    return f"{first(own, named)} {unit or '°C'}"


def _formula(own: Sequence[str], named: Mapping[str, str]) -> str:
    """In the language of TeX, or else in that of the wiki."""
    said = first(own, named)
    return f"<math>{said}</math>" if "\\" in said else said


def _facts(own: Sequence[str], named: Mapping[str, str]) -> str:
    """What stands in the box beside an article: a line for each of its fields."""
    return "\n".join(
        f"* {key.replace('_', ' ')} : {' '.join(value.split())}"
        for key, value in named.items()
        if value.strip() and not _FURNITURE.search(key) and not _PICTURE.search(value)
    )


def _box(own: Sequence[str], named: Mapping[str, str]) -> str:
    """A title, and the text of a box below it."""
    title = _some(named, "titre", "title", "intitulé", "heading", "nom", "header")
    texts = [*own, *(named[key] for key in named if key in _BOX_TEXTS)]
    shown = [f"'''{title.strip()}'''"] if title.strip() else []
    return "\n\n".join([*shown, *(text.strip("\n") for text in texts if text.strip())])


def _some(named: Mapping[str, str], *keys: str) -> str:
    return next((named[key] for key in keys if named.get(key, "").strip()), "")


_RANGES: Final = frozenset("- – to and à et ou entre de by x × sur ± +/-".split())
_FURNITURE: Final = re.compile(
    r"image|photo|logo|carte|map|taille|size|width|largeur|upright|alt\b|l[ée]gende|caption|coul|colou?r"
    r"|style|align|wikidata|\bcharte|\bclass"
)
_PICTURE: Final = re.compile(r"\.(?:jpe?g|png|svg|gif|tiff?|webp)\b", re.IGNORECASE)
_BOX_TEXTS: Final = frozenset(
    "texte text contenu content message corps body description quote citation liste list col1 col2"
    " col3 col4 colonne1 colonne2 colonne3 1 2 3 4 5".split()
)
_SHOWS: Final[Mapping[Show, str]] = {
    first: """
        nobr nowrap nobreak insécable w w2 wp wikipédia abréviation
        refnec réf._nécessaire refsou citation_needed_span clarify_span ind indice sub lower
        abbr abr abbreviation tooltip infobulle small petit gras bold italique italic em strong
        souligné underline u surligner highlight citation quote_inline référence_nécessaire
        citation_nécessaire barré strike term terme dfn formatnum nombre_romain
        lang-fr lang-en lang-la clr smallcaps pc petites_capitales blockquote_inline sic code tt kbd
        kbd var samp mono oldid_inline pas_clair
        précision_nécessaire déf réf_souhaitée passage_évasif
        page_h visible_anchor vanchor ancre_visible center centrer centré nowrap_begin sc
    """,
    _link: "lien ill interlanguage_link link lia",
    _last: """
        lang langue langx foreign couleur color coloré
        colored font_color fontcolor texte_coloré clr2 style
    """,
    _second: """
        légende legende legend lien_web_titre article_lien ancre_lien section_link lien_ancre lnk
    """,
    _date: "date date- dates date_inline jour dmy",
    _hours: "heure heures time durée duration",
    _joined: "chem2 chem chemical formule_chimique fchim ce",
    _unit: "unité unit unite unités units quantité u_unit nombre num nb number",
    _value: "val",
    _convert: "convert cvt conversion convertir",
    _fraction: "frac sfrac fraction fracn",
    _raised: "exp exposant sup ind_sup superscript e_exp",
    _power: "10^ 10exp",
    _times_power: "x10 x10^ e10",
    _about: "circa ca c.",
    _as_of: "as_of",
    _centuries: "s2 s2-",
    _century_before: "sav sav-",
    _percent: "%",
    _century: "s s- siècle century_fr sp siècles",
    _ordinal: "e ème ordinal",
    _degrees: "tmp température degc °c",
    _formula: "math formule tmath mvar bigmath",
    _lines: """
        unbulleted_list plainlist ubl flatlist hlist liste_sans_puce
        liste list bulleted_list liste_simple
    """,
    _facts: "infobox",
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
SHOW: Final = {name: show for show, names in _SHOWS.items() for name in names.split()}
BLOCKS: Final = frozenset({_box, _lines, _facts})
SIGNS: Final = {
    **{"yes": "Yes", "no": "No", "oui": "Oui", "non": "Non", "partial": "Partial"},
    **{"tick": "✓", "check": "✓", "cross": "✗", "=": "=", "!": "|", "n°": "n°"},
    **{"av_jc": "av. J.-C.", "apr_jc": "apr. J.-C."},
}
"""What those show that are given nothing."""
