"""Characters that text must not have, and those that nobody sees, as parts of regular expressions.

Both are written so that Python, JavaScript and JSON Schema read them alike: by escapes of four
digits. So what lies beyond U+FFFF is not among them.
"""

# What changes the direction of what follows, by which a text is read as another one.
DIRECTIONS = r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"

# Control characters but tab and newline, and those of direction.
CONTROLS = rf"\u0000-\u0008\u000b-\u001f\u007f-\u009f{DIRECTIONS}"

# White space, what Unicode lets a font ignore (joiners, fillers, selectors of variants), and a
# pattern of Braille without dots.
UNSEEN = (
    r"\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    r"\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8"
)
