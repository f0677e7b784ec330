"""Validates citations with the JSON schema of CSL, and prints the errors.

Runs in an environment of its own, from `requirements/readers.txt`: `citepy` ships the schema.
"""

import json
import sys
from importlib.resources import files

from jsonschema import validators

if __name__ == "__main__":
    schema = json.loads(files("citepy").joinpath("csl-data.json").read_text("utf-8"))
    validator = validators.validator_for(schema)(schema)
    found = validator.iter_errors(json.load(sys.stdin))
    sys.stdout.write(json.dumps([f"{error.json_path}: {error.message}" for error in found]))
