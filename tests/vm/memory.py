"""Nothing secret outlives its use: the whole RAM is searched before and after."""

from forms import Secrets
from release import booted
from user import HOME, User

# Published with BIP39; unlike the demo's, its entropy occurs nowhere by chance.
SECRETS = Secrets(
    "ozone drill grab fiber curtain grace pudding thank cruise elder eight picnic",
    "crane 42 Kite",
)


def searched(vm, folder):
    dump = folder / "memory"
    vm.dump_memory(dump)
    found = SECRETS.found(dump.read_bytes())
    dump.unlink()
    return found


def nothing_secret_is_in_memory_after_leaving_and_after_power_off(folder):
    with booted(firmware="seabios") as vm:
        user = User(vm)
        user.begin()
        user.use_network("r", "REGTEST")
        assert not searched(vm, folder), "found before anything was typed"
        user.type_words(SECRETS.words)
        user.press("esc")  # the words are on the screen again
        vm.wait_for("their checksum is right. Enter goes on.")
        typing = searched(vm, folder)
        user.press("ret")
        vm.wait_for("Passphrase")
        vm.type(SECRETS.passphrase)
        user.press("tab")  # shown
        vm.wait_for(SECRETS.passphrase)
        shown = searched(vm, folder)
        user.press("ret")
        vm.wait_for(SECRETS.fingerprint)
        user.press("ret")
        vm.wait_for(f"{SECRETS.fingerprint} is open.")
        opened = searched(vm, folder)
        user.lock()
        left = searched(vm, folder)
        print(f"        being typed: {typing}")
        print(f"        passphrase shown: {shown}")
        print(f"        open: {opened}")
        print(f"        left: {left}")
        assert not left, f"after leaving: {left}"
        for form in ("the passphrase", "the passphrase in a screen's cells"):
            assert form in shown, f"the search does not find {form} while it is typed"
        assert {"the words as numbers", "a word in a screen's cells"} <= typing.keys()
        assert "a private key" in opened
        # a second time, to the power button
        user.open_wallet(SECRETS.words, SECRETS.fingerprint, SECRETS.passphrase)
        assert searched(vm, folder)
        vm.power_button()
        vm.wait_off()
        off = searched(vm, folder)
        assert not off, f"after power-off: {off}"


def words_that_were_typed_and_given_up_are_gone(folder):
    with booted(firmware="seabios") as vm:
        user = User(vm)
        user.begin()
        user.type_words(SECRETS.words)
        vm.type(SECRETS.passphrase)
        assert searched(vm, folder)
        for _ in range(3):
            user.press("esc")
        vm.wait_for(HOME)
        found = searched(vm, folder)
        assert not found, f"after giving up: {found}"


TESTS = [
    nothing_secret_is_in_memory_after_leaving_and_after_power_off,
    words_that_were_typed_and_given_up_are_gone,
]
