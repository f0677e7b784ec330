"""Entry point of `python -m service.cli`, for a clone where `allygraph` is not installed."""

from service.cli import main

main()
