"""Forbidden and invisible characters, as parts of regular expressions.

They are written as escapes of four digits, which Python, JavaScript and JSON Schema read alike.
Characters beyond U+FFFF are therefore left out.
"""

# Direction marks, which change the order in which the following text is displayed.
DIRECTIONS = r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"

# Control characters except tab and newline, and direction marks.
CONTROLS = rf"\u0000-\u0008\u000b-\u001f\u007f-\u009f{DIRECTIONS}"

# White space, characters that Unicode lets a font ignore (joiners, fillers, variation selectors),
# and the Braille pattern without dots.
UNSEEN = (
    r"\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    r"\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8"
)
