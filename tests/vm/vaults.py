"""A key's whole way on the machine: made, backed up, drilled, sealed on a stick; opened from it after
a restart, signing, locked; and the end of a vault."""

import re
from contextlib import contextmanager

import families
import vault_keys
from files import ANSWER, ORIGINAL, look
from forms import Secrets
from payment import Payment, judge_pages
from release import booted
from sticks import Stick
from user import HOME, User

VAULT = "coldlight.vault"
KEY_FILE = "coldlight.key"
# what every vault begins with
MAGIC = b"COLDLIGHT VAULT\n"
PASSPHRASE = "seven plain Words of 1 rehearsal"
IN_CELLS = " in a screen's cells"
# throws of a die without a pattern
DICE = "16353421656243112534616253341526342165135264312455"
# a passphrase takes an emulated machine long
WORK = 1800


def words_on(screen):
    """The words on a screen, by the numbers before them."""
    found = dict(re.findall(r"\b(\d{1,2}) ([a-z]{3,8})\b", " ".join(screen.text().split())))
    return " ".join(found[str(number)] for number in range(1, 25))


def make_wallet(vm, user):
    """From home to home: 24 words from dice and the machine's source. Gives the words."""
    user.choose("m", "How many words")
    user.choose("5", "What shall the 24 words be made of?")
    user.choose("d", "of 50 throws")
    vm.type(DICE)
    vm.wait_for("Enough.")
    user.press("ret")
    user.press("ret")
    vm.wait_for("How they were made")
    user.press("ret")
    vm.wait_for("Write them down now")
    words = words_on(vm.wait_still())
    user.press("ret")
    vm.wait_for("Your new wallet")
    user.press("ret")
    vm.wait_for("never drilled")
    return words


def back_up_and_drill(vm, user):
    """The code on the screen is what is held before the camera."""
    user.choose("b", "SeedQR")
    user.choose("2", "drill")
    user.choose("w", "checked: reads back")
    picture = vm.image()
    camera = vm.camera(picture, kind="mjpeg", hold=3)
    camera.plug()
    user.press("ret")
    vm.wait_for("The drill is passed")
    camera.unplug()
    user.press("ret")
    vm.wait_for("drilled 2")
    user.press("esc")
    vm.wait_for("last drilled")


def sticks_there(vm, user, *texts):
    """Looks again until all of them are listed: a stick takes seconds to be found."""
    while not all(vm.wait_still().contains(text) for text in texts):
        user.press("r")


def make_vault(vm, user, *, key_file=False):
    """From home to the empty vault."""
    user.choose("v", "Vault")
    sticks_there(vm, user, "There is no vault on what is plugged in.")
    user.choose("m", "What shall open the vault?")
    if key_file:
        user.press("down")
    user.press("ret")
    vm.wait_for("assphrase")
    for _ in range(2):
        vm.type(PASSPHRASE)
        user.press("ret")
    if key_file:
        vm.wait_for("The key file goes on a second stick")
        user.press("down")
        vm.wait_for("gets a new key file")
        user.press("ret")
    vm.wait_for("A duress passphrase?", WORK)
    user.press("ret")
    vm.wait_for("On which stick or card?")
    user.press("ret")
    vm.wait_for("You may remove the stick now.", WORK)
    user.press("ret")
    vm.wait_for("It is empty.")


def seal(vm, user):
    """From the open vault to home, with the open wallet in it."""
    user.choose("a", "name")
    vm.type("Savings")
    user.press("ret")
    vm.wait_for("All of it is on the stick", WORK)
    user.press("esc")
    vm.wait_for(HOME)


def open_from_vault(vm, user, folder, secrets):
    """From home to home with the wallet open. While its passphrase can be seen, the search sees it."""
    user.choose("v", "Vault")
    sticks_there(vm, user, VAULT)
    user.press("ret")
    vm.wait_for("assphrase")
    vm.type(PASSPHRASE)
    user.press("tab")
    vm.wait_for(PASSPHRASE)
    shown = searched(vm, folder, secrets)
    print(f"        the vault's passphrase is shown: {shown}")
    assert shown.keys() == {f"the vault's passphrase{where}" for where in ("", IN_CELLS)}, shown
    user.press("ret")
    vm.wait_for("Savings", WORK)
    user.press("ret")
    vm.wait_for("24 words")
    user.press("ret")
    vm.wait_for(secrets.fingerprint)
    user.press("ret")
    vm.wait_for(f"Savings {secrets.fingerprint} is open.")


@contextmanager
def wallet_of(words):
    """The payment's wallet is the one with these words."""
    published = families.WORDS["B"]
    families.WORDS["B"] = words
    try:
        yield
    finally:
        families.WORDS["B"] = published


def searched(vm, folder, secrets):
    dump = folder / "memory"
    vm.dump_memory(dump)
    found = secrets.found(dump.read_bytes())
    dump.unlink()
    return found


def lock_and_search(vm, user, stick, secrets):
    """Locks; what was in the machine's memory before is not in it afterwards."""
    folder = stick.image.parent
    stick.pulled()  # a look at it: it stays where it is
    vault = vault_keys.keys(stick.read(VAULT), PASSPHRASE)
    secrets = Secrets(secrets.words, "", typed=PASSPHRASE, keys=vault)
    opened = searched(vm, folder, secrets)
    user.lock()
    locked = searched(vm, folder, secrets)
    print(f"        wallet and vault open: {opened}")
    print(f"        locked: {locked}")
    assert {"a private key", *vault} <= opened.keys(), opened
    assert not locked, locked


def a_key_is_made_backed_up_sealed_on_a_stick_and_signs_after_a_restart(folder):
    stick = Stick(folder, "fat", {})
    with booted(firmware="ovmf") as vm:
        user = User(vm)
        user.begin()
        user.use_network("r", "REGTEST")
        words = make_wallet(vm, user)
        secrets = Secrets(words, "", typed=PASSPHRASE)
        assert vm.screen().contains(f"{secrets.fingerprint} is open."), vm.text()
        back_up_and_drill(vm, user)
        vm.plug_stick(stick.image)
        make_vault(vm, user)
        seal(vm, user)
        lock_and_search(vm, user, stick, secrets)
        vm.pull_stick()
        vm.power_button()
        vm.wait_off()
    stick.pulled()
    stick.check()
    vault = stick.read(VAULT)
    assert vault.startswith(MAGIC) and len(vault) == 2 << 20
    for secret in [*words.split(), "Savings", secrets.fingerprint]:
        # a short word stands in so many random bytes by chance
        assert len(secret) < 6 or secret.encode() not in vault, secret
    with wallet_of(words):
        payment = Payment(folder)
        stick.add(ORIGINAL, payment.unsigned)
        with booted(firmware="seabios") as vm:
            user = User(vm)
            user.begin()
            user.use_network("r", "REGTEST")
            vm.plug_stick(stick.image)
            open_from_vault(vm, user, folder, secrets)
            look(vm, user)
            user.press("ret")
            judge_pages(user.review_and_sign())
            vm.wait_for(f"beside {ORIGINAL}, never over it")
            user.press("ret")
            vm.wait_for("It is safe to pull the stick out now.")
            user.home_from_answer()
            lock_and_search(vm, user, stick, secrets)
            vm.pull_stick()
        stick.pulled()
        stick.check()
        assert stick.names() == {VAULT, ORIGINAL, ANSWER}, stick.names()
        payment.judge(stick.read(ANSWER))
        assert stick.read(VAULT) != vault, "what was signed is not in the vault"


def a_vault_with_a_key_file_needs_both_sticks_and_ends_without_a_trace(folder):
    blue, red = folder / "blue", folder / "red"
    for place in (blue, red):
        place.mkdir()
    first, second = Stick(blue, "fat", {}), Stick(red, "ext4", {})
    with booted(firmware="seabios") as vm:
        user = User(vm)
        user.begin()
        user.use_network("r", "REGTEST")
        vm.plug_stick(first.image, "blue")
        user.choose("v", "Vault")
        sticks_there(vm, user, "There is no vault on what is plugged in.")
        user.press("esc")
        vm.wait_for(HOME)
        vm.plug_stick(second.image, "red")
        make_vault(vm, user, key_file=True)
        user.press("esc")
        vm.wait_for(HOME)
        user.lock()
        vm.pull_stick("red")
        user.choose("v", "Vault")
        sticks_there(vm, user, VAULT)
        user.press("ret")
        vm.wait_for("assphrase")
        vm.type(PASSPHRASE)
        user.press("ret")
        vm.wait_for("Nothing opens with this passphrase.", WORK)
        user.press("esc")
        sticks_there(vm, user, VAULT)
        before = first.image.read_bytes()
        at = before.index(MAGIC)
        salt = before[at + 32 : at + 64]
        assert any(salt), "the head has no salt"
        user.choose("x", "Type destroy and press Enter.")
        vm.type("destroy")
        user.press("ret")
        vm.wait_for("is destroyed.")
        user.press("ret")
        vm.wait_for("There is no vault on what is plugged in.")
        vm.pull_stick("blue")
    after = first.image.read_bytes()
    assert MAGIC not in after and salt not in after, "something of the vault is left"
    first.pulled()
    assert first.names() == set(), first.names()
    first.check()
    second.pulled()
    assert second.names() == {KEY_FILE}, second.names()
    assert len(second.read(KEY_FILE)) == 64
    second.check()


TESTS = [
    a_key_is_made_backed_up_sealed_on_a_stick_and_signs_after_a_restart,
    a_vault_with_a_key_file_needs_both_sticks_and_ends_without_a_trace,
]
