"""Language, words, stems, n-grams, glossary and acronyms, the same for documents and questions."""
