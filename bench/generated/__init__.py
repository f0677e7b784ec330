"""The generated data: its rows, their later changes, its text, and copies of it.

Nothing that measures.
"""
