"""Question sets from and to the formats of others; one module a format.

Reading gives drafts: questions whose evidence is not yet looked up in the documents. Writing takes
a checked `QuestionSet`.
"""
