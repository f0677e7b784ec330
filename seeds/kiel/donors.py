"""Names the donors as the tracker does, and Ukraine."""

from schema.values.canonical import canonical_code
from seeds.importing.actors import Named

_ISO_3 = "ISO_3166_1_ALPHA_3"
_CODE_LENGTH = 3

UKRAINE = Named("UKR", "Ukraine", "STATE", _ISO_3)


def donor(name: str, code: str = "") -> Named:
    """Returns a donor by its name and, if the file has one, its ISO code.

    The institutions of the EU have the code `EU`, which is not an ISO 3166-1 alpha-3 code.
    """
    code = canonical_code(code)
    is_state = not name.startswith(("EU ", "European "))
    if len(code) == _CODE_LENGTH:
        return Named(code, name, "STATE", _ISO_3)
    return Named(code or name, name, "STATE" if is_state else "ORGANISATION")
