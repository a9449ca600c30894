"""A keyboard that is plugged in later: a stick that types is an attack, until its owner agrees."""

import time

from release import booted
from user import HOME, User

QUESTION = "Did you plug in a keyboard just now"
STRANGER = "stranger"
# what a stick would type to open a wallet, walk about, answer the question itself, or switch off
ATTEMPTS = ("y", "ret", "o", "t", "s", "d", "n", "esc", "q", "ret", "ctrl-alt-delete")
# far longer than a key needs to have its effect
A_WHILE = 4


def types_in_vain(vm):
    """What the stranger types has no effect on the screen."""
    before = vm.wait_still().text()
    for name in ATTEMPTS:
        vm.key(name, keyboard=STRANGER)
        # each by itself: the question ignores keys that follow one another quickly
        time.sleep(1.2)
    time.sleep(A_WHILE)
    after = vm.wait_still().text()
    assert after == before, f"it typed:\n{before}\nbecame\n{after}"
    assert vm.running, "it switched the machine off"


def a_keyboard_that_is_plugged_in_types_nothing_until_the_first_one_agrees(folder):
    with booted(firmware="seabios") as vm:
        user = User(vm)
        user.begin()
        user.choose("o", "Type 12 to 24 words")
        vm.plug_keyboard(STRANGER)
        vm.wait_for(QUESTION)
        types_in_vain(vm)
        # declined: the screen below is as it was, and still nothing comes from it
        user.press("n")
        vm.wait_for("Type 12 to 24 words")
        types_in_vain(vm)
        # pulled out and plugged in again it is asked about again; Enter alone agrees to nothing
        vm.unplug_keyboard()
        vm.plug_keyboard(STRANGER)
        vm.wait_for(QUESTION)
        user.press("ret")
        assert vm.wait_still().contains(QUESTION), vm.text()
        # pulled out while the question stands: that settles it
        vm.unplug_keyboard()
        vm.wait_for("Type 12 to 24 words")
        user.press("esc")
        vm.wait_for(HOME)
        # agreed to: now it types
        vm.plug_keyboard(STRANGER)
        vm.wait_for(QUESTION)
        user.choose("y", "Enter lets it type")
        user.press("ret")
        vm.wait_for(HOME)
        time.sleep(A_WHILE)
        vm.key("o", keyboard=STRANGER)
        vm.wait_for("Type 12 to 24 words")


TESTS = [a_keyboard_that_is_plugged_in_types_nothing_until_the_first_one_agrees]
