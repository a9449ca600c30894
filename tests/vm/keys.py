"""Text as the keys of a US keyboard, in QEMU's names (its QAPI type QKeyCode)."""

NAMED = {
    " ": "spc", "\n": "ret", "\t": "tab", "-": "minus", "=": "equal", "[": "bracket_left",
    "]": "bracket_right", "\\": "backslash", ";": "semicolon", "'": "apostrophe",
    "`": "grave_accent", ",": "comma", ".": "dot", "/": "slash",
}  # fmt: skip
SHIFTED = dict(zip('~!@#$%^&*()_+{}|:"<>?', "`1234567890-=[]\\;',./"))
# what people call them
ALIASES = {
    "enter": "ret", "escape": "esc", "space": "spc", "pageup": "pgup", "pagedown": "pgdn",
    "del": "delete",
}  # fmt: skip


def of_text(character):
    """The keys that are held down together for one character."""
    if character in SHIFTED:
        return ["shift", *of_text(SHIFTED[character])]
    if character.isascii() and character.isupper():
        return ["shift", character.lower()]
    if character.isascii() and (character.islower() or character.isdigit()):
        return [character]
    if character in NAMED:
        return [NAMED[character]]
    raise ValueError(f"no key for {character!r} on a US keyboard")


def of_name(name):
    """"ret", or several together: "ctrl-alt-delete"."""
    return [ALIASES.get(key, key) for key in name.split("-")]


def strokes(keys):
    """QEMU's events: down in order, up in the reverse order. One list, so that no key repeats."""
    down = [(key, True) for key in keys] + [(key, False) for key in reversed(keys)]
    return [
        {"type": "key", "data": {"down": pressed, "key": {"type": "qcode", "data": key}}}
        for key, pressed in down
    ]
