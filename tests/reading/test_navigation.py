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


@pytest.mark.parametrize("text", [COURSE, SUMMARY, REFERENCE, LEAD_IN])
def test_lists_of_real_texts_stay(text: str) -> None:
    content = read_plaintext(text)
    assert content.removed == ()
    assert content.text.split() == text.split()
