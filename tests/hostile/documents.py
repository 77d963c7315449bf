"""Documents that try a reader: endless markup, deep nests, long lines; by the name of the file."""

from __future__ import annotations

from typing import Final

_MENU: Final = "- Home\n- About us\n- Contact\n\nSome prose is written here, and it ends so.\n\n"
_HEADER: Final = "{{knowledge objective\n|Identifiant=OIC-202-03-B\n|Title=A\n|Order=%s\n}}\nText."

DOCUMENTS: Final[dict[str, str]] = {
    "attributes.wiki": "{|\n|-" + "id=id" * 20 + ' "\n|a\n|}\n',
    "equals.wiki": "=a" + " =" * 100_000 + "x",
    "heading.wiki": "=a" + " " * 100_000 + "b",
    "order.wiki": _HEADER % ("9" * 4301),
    "braces.wiki": "{{" * 20_000,
    "brackets.wiki": "[[" * 20_000,
    "tags.wiki": "<b>" * 20_000,
    "templates.wiki": "{{a|" * 5_000 + "}}" * 5_000,
    "tables.wiki": "{|\n" * 5_000,
    "cell.wiki": "{|\n|" + 'a="b" ' * 20_000,
    "lower.wiki": "a line of lower case\n" * 5_000,
    "bold.wiki": "'''a'''  b " * 5_000,
    "nest.md": "+++\na = " + "[" * 2_000 + "\n+++\nA text.",
    "digits.md": "+++\na = " + "1" * 4301 + "\n+++\nA text.",
    "dots.md": "+++\n" + ".".join("a" * 30_000) + " = 1\n+++\nA text.",
    "keys.md": "---\na" + " " * 60_000 + "b\n---\nA text.",
    "links.md": "[a](" * 20_000,
    "emphasis.md": "**a *" * 5_000,
    "quotes.md": "> " * 5_000 + "a",
    "bold.md": "**b**  x " * 5_000,
    "heading.md": "# " + "word " * 20_000 + "\n\n" + "Some words.\n\n## Part\n\n" * 500,
    "line.txt": "A word. " * 20_000,
    "stops.txt": "a." * 100_000,
    "parentheses.txt": "(" * 120_000,
    "acronyms.txt": "some words (AB) " * 5_000,
    "marks.txt": "a" + "\u0300\u0316" * 50_000,
    "menus.txt": _MENU * 1_000,
    "menu.txt": "- Home page\n" * 20_000 + "\nSome prose is written here, and it ends so.\n" * 4,
    "tabs.txt": "a\t" * 50_000,
    "blanks.txt": " " * 500_000 + "a",
}
