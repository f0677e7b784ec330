"""Costs as the data grows: the same questions to a small world and to a large one.

Only measures: what is asked and how the worlds are made. Servers and databases are the bench's.
"""
