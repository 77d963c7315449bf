"""Menus go, content stays: pages of sites that do not exist, and notes that look like them."""

import pytest

from qa.reading.plaintext import read_plaintext

PROSE = (
    "Les phares guident les navires depuis l'Antiquité, et leur portée dépend de leur hauteur.",
    "Une lentille de Fresnel concentre la lumière en un faisceau que l'on voit à trente milles.",
    "Le rythme des éclats permet au marin de reconnaître le phare qu'il a devant lui.",
    "La plupart des feux sont aujourd'hui automatiques et surveillés à distance.",
)
ENGLISH = (
    "Sourdough rises because wild yeast and bacteria live together in the starter.",
    "The bacteria make the acids that give the loaf its taste and keep it from going stale.",
    "A baker feeds the starter with flour and water every day, at about the same hour.",
    "Cold slows the yeast down more than the bacteria, so that a cold dough turns sour.",
)

FRENCH_PAGE = f"""\
- Accueil du musée
- Collections
- La mer
- Phares et balises
Phares et balises
{PROSE[0]}
-
Visiter : horaires
arrow_forward -
Visiter : tarifs
arrow_forward
Un phare se compose de plusieurs parties :
- la tour, qui porte la lanterne ;
- la lanterne, qui abrite la lampe.
{PROSE[1]}
Comment les reconnaître ?
{PROSE[2]}
{PROSE[3]}
Dans la même rubrique
-
- Cordages et nœuds
- Portraits de capitaines
- Maquettes
- Atelier des enfants
- Boutique
"""

ENGLISH_PAGE = f"""\
Wild bread | The Grain Library
- Home
- Shop
- Classes
- Blog
- About
- Basket
Home > Blog > Baking
Wild bread
{ENGLISH[0]}
{ENGLISH[1]}
Feeding the starter
{ENGLISH[2]}
{ENGLISH[3]}
You may also like
- Choosing an oven
- Ten knives compared
- Our summer market
- Gift vouchers
Contact
Legal notice
© 2020 The Grain Library
"""

BARE_PAGE = f"""\
Home
News
Shop
Contact
Sign in
Search
Basket
Wild bread
{ENGLISH[0]}
{ENGLISH[1]}
{ENGLISH[2]}
"""


@pytest.mark.parametrize(
    ("page", "title", "kept", "gone"),
    [
        (
            FRENCH_PAGE,
            "Phares et balises",
            (*PROSE, "Comment les reconnaître ?", "- la tour, qui porte la lanterne ;"),
            (
                "Accueil",
                "Collections",
                "arrow_forward",
                "Visiter",
                "rubrique",
                "Maquettes",
                "Boutique",
            ),
        ),
        (
            ENGLISH_PAGE,
            "Wild bread",
            (*ENGLISH, "Feeding the starter"),
            ("Shop", "Home", "also like", "knives", "vouchers", "Legal", "©"),
        ),
        (BARE_PAGE, "Wild bread", ENGLISH[:3], ("News", "Shop", "Basket", "Sign in")),
    ],
)
def test_menus_go_and_content_stays(
    page: str, title: str, kept: tuple[str, ...], gone: tuple[str, ...]
) -> None:
    content = read_plaintext(page)
    assert content.title == title
    for text in kept:
        assert text in content.text
    for text in gone:
        assert text not in content.text
        assert any(text in one.text for one in content.removed)
    assert not any(line.strip() == "-" for line in content.text.splitlines())


SHORT_PAGE = """\
Aller au texte
Le port > La mer > Marée
Marée : causes et rythme
Publié le 3 mai 2012 par Ada Brun
Envoyer par courriel
Envoyer par message
La marée est un mouvement régulier et périodique de toute la mer. \
Elle suit la Lune de près. Elle suit aussi le Soleil, mais de plus loin.
Ce texte vous a-t-il servi ?
Oui
Non
Nous écrire
Droits réservés
"""

SHORT_BULLETS = """\
- Port
- Mer
- Jusant
Jusant
Le jusant suit la mer étale de l'étape 1. La mer descend. Elle découvre alors une zone de vase.
Durée moyenne : 6 heures
Coefficient maximal : 120
Lire encore
- Flot
- Estran
- Marnage
- Étale
Règles du site
"""

BUTTONS = """\
Skip to text
Search
- Home
- Trades A to Z
- Baking
- Rye
Rye
arrow_back
Share
print
Overview
Rye is a grain that grows on poor soils. Its bread keeps for a week, and it is dark and dense.
In this guide
- Flour
- Baking
Flour of rye
The flour has little gluten, so that the dough cannot be kneaded.
Baking
The loaf needs a hot oven at first. The heat is then lowered by steps for two hours.
Last checked: 3 February 2019
expand_more
More grains
- Spelt
- Oats
- Barley
- Millet
© The Grain Library
"""


@pytest.mark.parametrize(
    ("page", "title", "text"),
    [
        (
            SHORT_PAGE,
            "Marée : causes et rythme",
            "Marée : causes et rythme\n\nPublié le 3 mai 2012 par Ada Brun\n\n"
            "La marée est un mouvement régulier et périodique de toute la mer. "
            "Elle suit la Lune de près. Elle suit aussi le Soleil, mais de plus loin.",
        ),
        (
            SHORT_BULLETS,
            "Jusant",
            "Jusant\n\nLe jusant suit la mer étale de l'étape 1. La mer descend. "
            "Elle découvre alors une zone de vase.\n\nDurée moyenne : 6 heures\n\n"
            "Coefficient maximal : 120",
        ),
        (
            BUTTONS,
            "Rye",
            "Rye\n\nOverview\n\nRye is a grain that grows on poor soils. "
            "Its bread keeps for a week, and it is dark and dense.\n\nFlour of rye\n\n"
            "The flour has little gluten, so that the dough cannot be kneaded.\n\nBaking\n\n"
            "The loaf needs a hot oven at first. The heat is then lowered by steps for two hours."
            "\n\nLast checked: 3 February 2019",
        ),
    ],
)
def test_short_pages_are_cleaned_where_their_menu_ends_with_their_title(
    page: str, title: str, text: str
) -> None:
    content = read_plaintext(page)
    assert content.title == title
    assert content.text == text
    kept = {line.strip(" -") for line in text.splitlines()}
    gone = [line.strip(" -") for line in page.splitlines() if line.strip(" -") not in kept]
    removed = [one.text for one in content.removed]
    assert [line for line in gone if line not in removed] == []


COURSE = f"""\
Les feux de la côte

Objectifs
- Connaître le rôle d'un phare
- Savoir lire un livre des feux
- Décrire une lentille de Fresnel

{PROSE[0]}

{PROSE[1]}

{PROSE[2]}

À retenir
- Phare : grande portée
- Balise : petite portée
- Lentille de Fresnel
- Rythme des éclats
"""

SUMMARY = f"""\
Sourdough

{ENGLISH[0]} {ENGLISH[1]}

{ENGLISH[2]} {ENGLISH[3]}

Key points
- Wild yeast and bacteria
- Acids give taste
- Daily feeding with flour
- Cold dough turns sour
"""

REFERENCE = f"""\
Settings

{ENGLISH[0]} {ENGLISH[1]} {ENGLISH[2]}

The options are :
- max_iter
- n_jobs
- Verbose

Each of them has a default value that suits most of the cases.
Set them before the first call, not after it.
"""

LEAD_IN = f"""\
{ENGLISH[0]}
{ENGLISH[1]}
{ENGLISH[2]}
You need the following things:
- Flour
- Water
- Salt
- Time
- Patience
"""


PANTRY = f"""\
Bread

{ENGLISH[0]}

{ENGLISH[1]}

{ENGLISH[2]}

Grains to know
""" + "".join(f"- {grain}\n" for grain in (
    "Wheat", "Rye", "Spelt", "Oats", "Barley", "Millet", "Maize", "Rice", "Emmer", "Einkorn",
    "Buckwheat", "Sorghum", "Teff"
))  # fmt: skip

PLAN = f"""\
- Flour
- Water
- Salt
{ENGLISH[0]} {ENGLISH[1]} {ENGLISH[2]}
Water
{ENGLISH[3]}
Tools
- Scale
- Oven
- Knife
- Basket
"""


@pytest.mark.parametrize("text", [COURSE, SUMMARY, REFERENCE, LEAD_IN, PANTRY, PLAN])
def test_lists_of_real_texts_stay(text: str) -> None:
    content = read_plaintext(text)
    assert content.removed == ()
    assert content.text.split() == text.split()
