"""A long run at full load, with writes: whether AllyGraph stays stable after its first minute.

`python -m bench.soak` starts a server on generated data. Readers send requests without a pause,
writers record what is acknowledged, followers check that they miss no revision, and other clients
send invalid requests or disconnect. Each second it samples the memory, the open files and the
latencies of the server. At the end it judges all of them.
"""
