"""From the stick to a valid transaction, under each firmware, through each kind of camera."""

from payment import FINGERPRINT, WORDS, Payment, judge_pages
from release import booted, sum_on_screen
from user import User


def open_demo_wallet(user):
    user.begin()
    user.use_network("r", "REGTEST")
    user.open_wallet(WORDS, FINGERPRINT)


def sign(vm, user, payment):
    """The camera plays already."""
    pages = user.review_and_sign()
    judge_pages(pages)
    vm.wait_for("checked: reads back")
    payment.judge_texts(user.read_answer())
    user.home_from_answer()


def the_image_signs_under_uefi_through_an_mjpeg_camera(folder):
    payment = Payment(folder)
    with booted(firmware="ovmf") as vm:
        user = User(vm)
        home = user.begin()
        assert home.contains("No network exists on this machine."), home.text()
        assert home.contains("self-test passed"), home.text()
        vm.wait_for("You may remove the stick now.")
        vm.wait_for(sum_on_screen())
        vm.pull_boot_stick()
        user.use_network("r", "REGTEST")
        user.open_wallet(WORDS, FINGERPRINT)
        user.scan(vm.camera(payment.frames, kind="mjpeg", hold=3))
        sign(vm, user, payment)
        vm.power_button()
        vm.wait_off()


def the_image_signs_under_bios_through_a_yuyv_camera_that_is_pulled_out_and_back(folder):
    payment = Payment(folder)
    with booted(firmware="seabios") as vm:
        user = User(vm)
        open_demo_wallet(user)
        camera = vm.camera(payment.frames[:3], kind="yuyv", hold=3, name="Broken eye")
        user.scan(camera)
        vm.wait_for("3 of")
        camera.unplug()
        vm.wait_for("unplugged. Plug one in")
        camera.show(payment.frames, hold=3)
        camera.plug()
        sign(vm, user, payment)
        vm.key("ctrl-alt-delete")
        vm.wait_off()


def a_camera_that_sends_garbage_is_told_and_the_next_one_serves(folder):
    payment = Payment(folder)
    with booted(firmware="seabios") as vm:
        user = User(vm)
        open_demo_wallet(user)
        bad = vm.camera(payment.frames, kind="mjpeg", name="Bad eye")
        bad.misbehave()
        user.scan(bad)
        vm.wait_until(lambda _: bad.frames_sent > 60, "sixty bad frames")
        good = vm.camera(payment.frames, kind="yuyv", hold=3, name="Good eye")
        good.plug()
        vm.wait_until(lambda _: good.plugged, "the second camera")
        user.press("c")
        vm.wait_for("Good eye")
        sign(vm, user, payment)


TESTS = [
    the_image_signs_under_uefi_through_an_mjpeg_camera,
    the_image_signs_under_bios_through_a_yuyv_camera_that_is_pulled_out_and_back,
    a_camera_that_sends_garbage_is_told_and_the_next_one_serves,
]
