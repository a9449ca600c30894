"""Where light does not serve: a payment comes on a stick, and the answer goes back beside it."""

from payment import FINGERPRINT, WORDS, Payment, judge_pages
from release import booted
from sticks import Stick
from user import HOME, User

ORIGINAL, ANSWER = "rent.psbt", "rent-signed.psbt"


def payment_on_a_stick(folder, system):
    payment = Payment(folder)
    return payment, Stick(folder, system, {ORIGINAL: payment.unsigned, "notes.txt": b"not a PSBT"})


def open_demo_wallet(vm):
    user = User(vm)
    user.begin()
    user.use_network("r", "REGTEST")
    user.open_wallet(WORDS, FINGERPRINT)
    return user


def look(vm, user):
    """From home to the list with the file on it: a stick takes seconds to be found."""
    user.choose("f", "Sign from a stick")
    while not vm.wait_still().contains(ORIGINAL):
        user.press("r")


def judge(payment, stick):
    """The answer is valid, it is all that was added, and the stick is as whole as before."""
    stick.pulled()
    assert stick.names() == {ORIGINAL, ANSWER, "notes.txt"}, stick.names()
    assert stick.read(ORIGINAL) == payment.unsigned, "the original was changed"
    assert stick.read("notes.txt") == b"not a PSBT", "another file was changed"
    payment.judge(stick.read(ANSWER))
    stick.check()


def a_payment_is_signed_from_a_fat_stick_and_the_answer_stands_beside_it(folder):
    payment, stick = payment_on_a_stick(folder, "fat")
    with booted(firmware="ovmf") as vm:
        user = open_demo_wallet(vm)
        vm.plug_stick(stick.image)
        look(vm, user)
        screen = vm.screen()
        assert screen.contains("PAYMENTS"), screen.text()
        assert not screen.contains("notes.txt"), screen.text()
        user.press("ret")
        judge_pages(user.review_and_sign())
        vm.wait_for(f"beside {ORIGINAL}, never over it")
        user.press("ret")
        vm.wait_for("It is safe to pull the stick out now.")
        assert vm.screen().contains(ANSWER), vm.text()
        vm.pull_stick()
        judge(payment, stick)
        user.home_from_answer()


def a_stick_that_is_pulled_out_at_the_wrong_time_costs_nothing(folder):
    payment, stick = payment_on_a_stick(folder, "ext4")
    with booted(firmware="seabios") as vm:
        user = open_demo_wallet(vm)
        vm.plug_stick(stick.image)
        look(vm, user)
        # under the list
        vm.pull_stick()
        user.press("ret")
        vm.wait_for("The file or its stick is not there any more.")
        vm.plug_stick(stick.image)
        while not vm.wait_still().contains("Review 1 of"):
            user.press("ret")
        judge_pages(user.review_and_sign())
        # before the answer is on it
        vm.wait_for(f"beside {ORIGINAL}, never over it")
        vm.pull_stick()
        user.press("ret")
        vm.wait_for("The answer is kept here.")
        # by light instead
        user.choose("c", "checked: reads back")
        payment.judge_texts(user.read_answer())
        # and by the stick after all, plugged in again
        vm.plug_stick(stick.image)
        user.choose("u", f"beside {ORIGINAL}, never over it")
        while not vm.wait_still().contains("It is safe to pull the stick out now."):
            user.press("u")
        vm.pull_stick()
        judge(payment, stick)
        user.home_from_answer()
        user.lock()
        assert vm.screen().contains(HOME), vm.text()


TESTS = [
    a_payment_is_signed_from_a_fat_stick_and_the_answer_stands_beside_it,
    a_stick_that_is_pulled_out_at_the_wrong_time_costs_nothing,
]
