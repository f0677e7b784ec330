"""Who gives to Ukraine, as the tracker names them, and Ukraine."""

from seeds.importing.actors import Named

_ISO_3 = "ISO_3166_1_ALPHA_3"
_CODE_LENGTH = 3

UKRAINE = Named("UKR", "Ukraine", "STATE", _ISO_3)


def donor(name: str, code: str = "") -> Named:
    """A donor by its name and, where the file has one, its ISO code.

    The institutions of the EU have the code `EU`, which is not of the scheme.
    """
    is_state = not name.startswith(("EU ", "European "))
    if len(code) == _CODE_LENGTH:
        return Named(code, name, "STATE", _ISO_3)
    return Named(code or name, name, "STATE" if is_state else "ORGANISATION")
