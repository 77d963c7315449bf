"""Questions to ranked passages, and how sure the ranking is.

What is fitted is in the models; numbers by hand stand with what they are, and in brackets with how
far nDCG@10 and `answer_hit` move at most, as in `RankingSettings`.
"""
