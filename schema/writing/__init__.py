"""What data sets and requests share when they write.

Drafts, what makes two records the same, and what follows from a change. No rule that only one of
the two has.
"""
