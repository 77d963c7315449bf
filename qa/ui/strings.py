"""Every word of the interface, in both languages; the type checker sees that none is missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from qa.models import Language, Via
from qa.settings import Caution


@dataclass(frozen=True, slots=True, kw_only=True)
class Strings:
    """The interface in one language; braces are filled by `str.format`."""

    product: str
    ask_page: str
    documents_page: str
    interface: str
    loading: str
    labelled: str

    title: str
    subtitle: str
    holdings: str
    examples: str
    placeholder: str
    question: str
    restart: str

    filters: str
    filters_active: str
    filters_help: str
    any: str
    languages: dict[Language, str]
    rank: str
    rank_column: str
    item: str
    objective: str
    document: str
    language: str
    licence: str

    caution: str
    cautions: dict[Caution, str]
    caution_helps: dict[Caution, str]

    confidences: tuple[str, str, str]
    """High, medium, low."""
    confidence_help: str
    carried: str
    forget: str
    forget_all: str
    others: str
    abstained: str
    nearest: str
    rephrase: str
    filtered: str
    scores: str

    source: str
    cited_here: str
    nearest_here: str
    other_here: str
    back: str
    teaches: str
    page: str
    part: str
    previous: str
    next: str
    why: str
    why_intro: str
    asked: str
    matched: str
    via: str
    vias: dict[Via, str]
    contribution: str
    rest: str
    total: str
    stale: str
    no_source: str

    search_documents: str
    shown_documents: str
    choose_document: str


FRENCH: Final = Strings(
    product="Réponses sourcées",
    ask_page="Questions",
    documents_page="Documents",
    interface="Langue de l'interface",
    loading="Ouverture des documents…",
    labelled="{label}\u00a0: {value}",
    title="Posez une question sur le cours",
    subtitle="Chaque réponse est un extrait mot pour mot d'un document, affiché à côté de sa"
    " source. Posez-la en français ou en anglais.",
    holdings="Documents en français et en anglais\u00a0: {count}",
    examples="Par exemple",
    placeholder="Votre question…",
    question="Votre question",
    restart="Nouvelle conversation",
    filters="Filtrer",
    filters_active="Filtres\u00a0: {count}",
    filters_help="Chercher seulement dans certains documents",
    any="Sans filtre",
    languages={"fr": "Français", "en": "Anglais"},
    rank="Rang {rank}",
    rank_column="Rang",
    item="Item",
    objective="Objectif",
    document="Document",
    language="Langue",
    licence="Licence",
    caution="Prudence",
    cautions={"strict": "Stricte", "balanced": "Équilibrée", "eager": "Ouverte"},
    caution_helps={
        "strict": "Seulement les réponses sûres, quitte à se taire souvent.",
        "balanced": "Répond quand un passage traite vraiment de la question.",
        "eager": "Répond presque toujours\u00a0: à vous de vérifier la source.",
    },
    confidences=("Confiance élevée", "Confiance moyenne", "Confiance faible"),
    confidence_help="Probabilité que ce passage réponde à la question",
    carried="Compris avec\u00a0:",
    forget="Oublier «\u00a0{word}\u00a0» et reposer la question",
    forget_all="Tout oublier",
    others="Autres passages ({count})",
    abstained="Pas de réponse dans les documents",
    nearest="Passages les plus proches, qui ne sont pas une réponse",
    rephrase="Essayez d'autres mots, ou une question plus précise.",
    filtered="Des filtres sont actifs\u00a0: la recherche ne porte pas sur tous les documents.",
    scores="{language} · score {score} · confiance {confidence}",
    source="Texte du document source",
    cited_here="Source {rank} · cité dans la réponse",
    nearest_here="Passage {rank} · proche, mais pas une réponse",
    other_here="Passage {rank} · non cité",
    back="Retour à la réponse",
    teaches="Enseigne {codes}",
    page="Page {page}",
    part="Partie {number} sur {count}",
    previous="Partie précédente",
    next="Partie suivante",
    why="Pourquoi ce passage\u00a0?",
    why_intro="Chaque mot de la question apporte sa part au score du passage.",
    asked="Mot de la question",
    matched="Terme trouvé",
    via="Par",
    vias={
        "exact": "même mot",
        "similar": "mot proche",
        "glossary": "traduction",
        "meaning": "même sens",
        "acronym": "sigle",
        "identifier": "identifiant",
        "proximity": "mots proches l'un de l'autre",
        "title": "titre du document",
    },
    contribution="Part du score",
    rest="{count} autres",
    total="Score du passage",
    stale="Les documents ont changé depuis cette réponse. Reposez la question pour voir sa source.",
    no_source="La source de la réponse s'affichera ici.",
    search_documents="Chercher un titre, un objectif…",
    shown_documents="Documents\u00a0: {shown} sur {count}",
    choose_document="Choisissez un document pour le lire.",
)

ENGLISH: Final = Strings(
    product="Sourced answers",
    ask_page="Questions",
    documents_page="Documents",
    interface="Interface language",
    loading="Opening the documents…",
    labelled="{label}: {value}",
    title="Ask a question about the course",
    subtitle="Every answer is a word-for-word extract of a document, shown next to its source."
    " Ask in French or in English.",
    holdings="Documents in French and English: {count}",
    examples="For example",
    placeholder="Your question…",
    question="Your question",
    restart="New conversation",
    filters="Filter",
    filters_active="Filters: {count}",
    filters_help="Search in some documents only",
    any="No filter",
    languages={"fr": "French", "en": "English"},
    rank="Rank {rank}",
    rank_column="Rank",
    item="Item",
    objective="Objective",
    document="Document",
    language="Language",
    licence="Licence",
    caution="Caution",
    cautions={"strict": "Strict", "balanced": "Balanced", "eager": "Open"},
    caution_helps={
        "strict": "Only sure answers, at the price of silence.",
        "balanced": "Answers when a passage really deals with the question.",
        "eager": "Nearly always answers: checking the source is up to you.",
    },
    confidences=("High confidence", "Medium confidence", "Low confidence"),
    confidence_help="Probability that this passage answers the question",
    carried="Understood with:",
    forget="Forget “{word}” and ask again",
    forget_all="Forget all",
    others="Other passages ({count})",
    abstained="No answer in the documents",
    nearest="Nearest passages, not an answer",
    rephrase="Try other words, or a more specific question.",
    filtered="Filters are active: not all documents are searched.",
    scores="{language} · score {score} · confidence {confidence}",
    source="Text of the source document",
    cited_here="Source {rank} · cited in the answer",
    nearest_here="Passage {rank} · near, but not an answer",
    other_here="Passage {rank} · not cited",
    back="Back to the answer",
    teaches="Teaches {codes}",
    page="Page {page}",
    part="Part {number} of {count}",
    previous="Previous part",
    next="Next part",
    why="Why this passage?",
    why_intro="Every word of the question adds its part to the score of the passage.",
    asked="Word of the question",
    matched="Term found",
    via="By",
    vias={
        "exact": "same word",
        "similar": "similar word",
        "glossary": "translation",
        "meaning": "same meaning",
        "acronym": "acronym",
        "identifier": "identifier",
        "proximity": "words near each other",
        "title": "title of the document",
    },
    contribution="Part of the score",
    rest="{count} others",
    total="Score of the passage",
    stale="The documents have changed since this answer. Ask again to see its source.",
    no_source="The source of the answer will show here.",
    search_documents="Search a title, an objective…",
    shown_documents="Documents: {shown} of {count}",
    choose_document="Choose a document to read it.",
)

INTERFACES: Final[dict[Language, Strings]] = {"fr": FRENCH, "en": ENGLISH}
