"""Plain text: notes, articles, wrapped lines, tables."""

import pytest

from qa.reading.plaintext import read_plaintext

Blocks = list[tuple[str, int, str]]


def blocks(text: str) -> Blocks:
    """Return kind, level and text of the blocks of a text."""
    content = read_plaintext(text)
    return [(one.kind, one.level, content.text[one.start : one.end]) for one in content.blocks]


ARTICLE = """\
Les marées

Les marées

La marée est un mouvement périodique de la mer. Elle suit la Lune et le Soleil.

Le flot et le jusant

On appelle flot la marée qui monte, et jusant celle qui descend :

  • Flot : la mer monte pendant six heures environ, lentement au début, puis de plus en plus vite.
  • Jusant : la mer se retire, découvrant une zone que l'on nomme l'estran.
  • Mesurer la marée

    Un marégraphe enregistre la hauteur d'eau à intervalles réguliers, dans un puits à l'abri.

    Pourquoi mesurer ?

    La hauteur d'eau décide de l'entrée des navires dans le port, et du calendrier des travaux.

Thème
Vos avis
"""


def test_an_article_saved_with_its_lists_left_open() -> None:
    content = read_plaintext(ARTICLE)
    kinds = [(kind, level) for kind, level, _ in blocks(ARTICLE)]
    headings = [text for kind, _, text in blocks(ARTICLE) if kind == "heading"]
    assert content.title == "Les marées"
    assert headings == [
        "Les marées",
        "Le flot et le jusant",
        "Mesurer la marée",
        "Pourquoi mesurer ?",
    ]
    assert kinds.count(("item", 1)) == 2
    assert [(one.reason, one.text) for one in content.removed] == [
        ("navigation", "Thème"),
        ("navigation", "Vos avis"),
        ("repeated line", "Les marées"),
    ]


WRAPPED = """\
The harbour was built in three campaigns. The first one raised the
northern mole, which still carries the light, and dredged a channel for
the coasters. Work stopped when the war broke out.

The second campaign

Twenty years later the port authority took up the plans again and
closed the basin with a lock. It is this lock that
- holds the water at low tide, so that ships stay afloat while they are
  unloaded,
- and keeps the silt out.
"""


def test_wrapped_lines_are_joined() -> None:
    assert blocks(WRAPPED) == [
        (
            "paragraph",
            0,
            "The harbour was built in three campaigns. The first one raised the northern mole, "
            "which still carries the light, and dredged a channel for the coasters. Work stopped "
            "when the war broke out.",
        ),
        ("heading", 2, "The second campaign"),
        (
            "paragraph",
            0,
            "Twenty years later the port authority took up the plans again and closed the basin "
            "with a lock. It is this lock that",
        ),
        (
            "item",
            1,
            "holds the water at low tide, so that ships stay afloat while they are unloaded,",
        ),
        ("item", 1, "and keeps the silt out."),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One line", [("paragraph", 0, "One line")]),
        ("Tides\n\nThe sea rises twice a day.", [("heading", 1, "Tides"),
                                               ("paragraph", 0, "The sea rises twice a day.")]),
        ("Intro line, long enough.\n\n## Tides ##\nThey rise.",
         [("paragraph", 0, "Intro line, long enough."), ("heading", 2, "Tides"),
          ("paragraph", 0, "They rise.")]),
        ("- a\n  - b\n    - c\n- d", [("item", 1, "a"), ("item", 2, "b"), ("item", 3, "c"),
                                      ("item", 1, "d")]),
        ("1. a\n2. b\na) c", [("item", 1, "a"), ("item", 1, "b"), ("item", 1, "c")]),
        ("• a\n–  b\n*  c\n-d", [("item", 1, one) for one in "abcd"]),
        ("-5 to 10 °C", [("paragraph", 0, "-5 to 10 °C")]),
        ("Port\tTide\nBrest\t6 m\nNice\t3 m", [("row", 0, "Port | Tide"), ("row", 0, "Brest | 6 m"),
                                               ("row", 0, "Nice | 3 m")]),
        ("| Port | Tide |\n|------|------|\n| Brest | 6 m |", [("row", 0, "Port | Tide"),
                                                              ("row", 0, "Brest | 6 m")]),
        ("The nerve ends in the\nhand.\n•  sign that\n   goes on\no  below\n\nfever : high\n"
         "cough : dry",
         [("paragraph", 0, "The nerve ends in the hand."), ("item", 1, "sign that goes on"),
          ("item", 1, "below"), ("paragraph", 0, "fever : high"), ("paragraph", 0, "cough : dry")]),
        ("The line ends on\n\nCourse of anatomy          7\n\nTHE HAND 8\n\nthe next page.\n\n"
         "The whole of it\n\nCourse of anatomy          9\n\nTHE HAND 10\n\nis so.",
         [("paragraph", 0, "The line ends on the next page."),
          ("paragraph", 0, "The whole of it is so.")]),
        ("1. Scope\n\nThis part says what is covered and what is not.",
         [("heading", 2, "1. Scope"),
          ("paragraph", 0, "This part says what is covered and what is not.")]),
        ("Definition:\nA tide is a periodic rise and fall of the sea.",
         [("heading", 2, "Definition:"),
          ("paragraph", 0, "A tide is a periodic rise and fall of the sea.")]),
    ],
)  # fmt: skip
def test_lines_become_blocks(text: str, expected: Blocks) -> None:
    assert blocks(text) == expected


def test_a_long_line_is_one_block() -> None:
    text = "The sea rises twice a day. " * 50_000
    assert blocks(text) == [("paragraph", 0, text.strip())]


VERSE = "Le phare\n\nLa nuit descend sur la jetée\nUn feu s'allume à l'horizon\nLe flot revient\n"
GLOSSARY = "\n".join(
    ["Estran : zone découverte à marée basse.", "Flot : marée montante",
     "Jusant : marée descendante",
     "Étale : moment où la mer ne monte ni ne descend.", "Marnage : différence de hauteur"]
)  # fmt: skip
BULLETS = "\n".join(f"- {word}" for word in ("Fièvre", "Toux", "Asthénie", "Frissons", "Anorexie"))
NOTES = "Grippe\n\nClinique\n- Fièvre\n- Toux\n\nTraitement\n- Repos\n- Paracétamol\n"


@pytest.mark.parametrize("text", [VERSE, GLOSSARY, BULLETS, NOTES])
def test_texts_of_short_lines_lose_nothing(text: str) -> None:
    content = read_plaintext(text)
    assert content.removed == ()
    assert content.text.replace("- ", "").split() == text.replace("- ", "").split()


@pytest.mark.parametrize(
    "line",
    ["Publié le 12 mars 2021", "Updated May 3, 2020", "2021-03-12", "Vu le 1er juin 2020",
     "Par Ada Brun", "By Ada L. Brun", "12/03/2021 10:20"],
)  # fmt: skip
def test_a_date_or_a_byline_is_no_heading(line: str) -> None:
    text = f"Les marées\n\n{line}\n\nLa mer monte deux fois par jour sur la côte.\n"
    assert [kind for kind, _, _ in blocks(text)] == ["heading", "paragraph", "paragraph"]


@pytest.mark.parametrize("line", ["By the sea", "Par temps calme", "Les 12 travaux", "Mars 2021"])
def test_other_short_lines_are_headings_still(line: str) -> None:
    text = f"Les marées\n\n{line}\n\nLa mer monte deux fois par jour sur la côte.\n"
    assert [kind for kind, _, _ in blocks(text)] == ["heading", "heading", "paragraph"]


@pytest.mark.parametrize("text", [GLOSSARY, BULLETS])
def test_glosses_and_bullets_are_no_headings(text: str) -> None:
    assert "heading" not in {kind for kind, _, _ in blocks(text)}
