"""What fails on purpose: a signer that panics, camera workers that die, a stick that is gone.

On a test build of the image, whose program does so (the cargo feature crash-test).
"""

import re
import subprocess
import time
from functools import cache

import usage
from machine import Machine
from memory import SECRETS, searched
from payment import FINGERPRINT, WORDS, Payment
from release import DIST, PATIENCE
from user import HOME, User

# deaths of camera workers in one look
DEATHS = 100
# Bytes that may come into use by them: 5 kB each. A zombie keeps more.
GROWTH_MAX = 1 << 19
# seconds in which a worker that was killed has ended
SETTLED = 3


@cache
def test_build():
    iso = DIST / "test/crash.iso"
    print(f"        making a test build, {iso}", flush=True)
    script = DIST.parent / "image/with-init"
    subprocess.run([script, "--features", "crash-test", iso], check=True)
    return iso


def booted():
    return Machine(test_build(), firmware="seabios", patience=PATIENCE)


def a_panic_of_the_signer_with_an_open_wallet_wipes_and_powers_off(folder):
    with booted() as vm:
        user = User(vm)
        user.begin()
        user.open_wallet(SECRETS.words, "", SECRETS.passphrase)
        assert searched(vm, folder), "nothing is found while the wallet is open"
        user.choose("n", "which coins are spent")
        user.choose("k", "Which layout does your keyboard have")
        choose_the_layout(vm, user, "ch")
        vm.wait_off()
        found = searched(vm, folder)
        assert not found, f"after the panic: {found}"


def a_panic_in_another_thread_of_the_signer_powers_off(folder):
    with booted() as vm:
        user = User(vm)
        vm.wait_for("Which layout does your keyboard have")
        choose_the_layout(vm, user, "it")
        vm.wait_off()


def choose_the_layout(vm, user, code):
    """One that the test build takes for a reason to fail."""
    while not vm.wait_still().contains(f"> {code} "):
        user.press(code[0])
    user.press("ret")


def camera_workers_die_a_hundred_times_and_nothing_else_does(folder):
    payment = Payment(folder)
    with booted() as vm:
        user = User(vm)
        user.begin()
        user.use_network("r", "REGTEST")
        user.open_wallet(WORDS, FINGERPRINT)
        vm.pull_boot_stick()
        # one part of many, so that the message is never whole
        camera = vm.camera(payment.frames[:1], kind="yuyv", sizes=((640, 480),), rates=(30,))
        # the first look fills what the kernel keeps at hand for the next
        look(vm, user, camera, DEATHS // 2)
        before = usage.in_use(vm, folder)
        look(vm, user, camera, DEATHS)
        after = usage.in_use(vm, folder)
        print(f"        in use before {DEATHS} deaths {before:,} bytes, after {after:,}")
        assert after - before < GROWTH_MAX, "dead workers leave something behind"
        user.lock()
        assert vm.screen().contains(HOME), vm.text()
        vm.power_button()
        vm.wait_off()


def look(vm, user, camera, deaths):
    """From home through one look, in which the screen counts how often the camera was started
    again, and back."""
    user.scan(camera)

    def enough(screen):
        # "starting it again (7).", broken over lines beside the picture
        counted = re.search(r"\((\d+)\)\.", screen.text())
        return counted and int(counted[1]) >= deaths

    vm.wait_until(enough, f"{deaths} deaths of camera workers")
    user.press("esc")
    vm.wait_for("is open.")
    # the last worker is gone
    time.sleep(SETTLED)


TESTS = [
    a_panic_of_the_signer_with_an_open_wallet_wipes_and_powers_off,
    a_panic_in_another_thread_of_the_signer_powers_off,
    camera_workers_die_a_hundred_times_and_nothing_else_does,
]
