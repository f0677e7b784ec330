"""A long run at full load, with writes: whether AllyGraph stays as it was after its first minute.

`python -m bench.soak` starts a real server on generated data. Readers ask it without a pause,
writers count what it has acknowledged, followers check that they miss no revision, and some clients
ask what can't be asked or go away in the middle. Once a second is written down how much memory and
how many files the server has, and how long answers took. In the end all of it is judged.
"""
