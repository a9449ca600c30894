"""A computer to test on: started, typed at, looked at, and switched off.

    with Machine(image, firmware="ovmf") as vm:
        vm.wait_for("No wallet is open")
        camera = vm.camera(frames, kind="yuyv")
        camera.plug()
        vm.type("o")
        vm.key("ret")
        vm.power_button()
        vm.wait_off()
        vm.dump_memory(path)

Emulation is slow and the host is shared: each wait looks again and again, for minutes if need be.
Where COLDLIGHT_VM_KEEP names a folder, a failure leaves a picture of the screen there.
"""

import os
import subprocess
import tempfile
import time
from pathlib import Path

from PIL import Image

import keys
import qmp
from camera import Camera
from codes import codes
from hardware import BOOT, BUS, CAMERAS, SCREEN, Hardware, boot_medium, camera_socket
from screen import Screen
from sticks import SECTOR

QEMU = "qemu-system-x86_64"
# between two keys: a guest reads a USB keyboard's queue of 16 events some 100 times a second
KEY_PACE = 0.05
LOOK_PACE = 0.2


class Stuck(AssertionError):
    """What was waited for has not come."""


class Machine:
    """Takes `Hardware`'s options; `patience` is seconds a wait may last."""

    def __init__(self, image=None, *, patience=600, **hardware):
        self.hardware = Hardware(image=image, **hardware)
        self.patience = patience
        self.process = self.qmp = self.seen = self.grid = self.stranger = None
        self.cameras = []

    def __enter__(self):
        self.home = tempfile.TemporaryDirectory(prefix="coldlight-vm-")
        self.folder = Path(self.home.name)
        control = self.folder / "qmp"
        words = [QEMU, *self.hardware.arguments(self.folder)]
        words += ["-qmp", f"unix:{control},server=on,wait=off"]
        self.process = subprocess.Popen(words, stdin=subprocess.DEVNULL)
        try:
            self.qmp = qmp.connected(control, self.process)
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(self, kind, *_):
        try:
            if kind and not issubclass(kind, Stuck):
                self._keep(self.image())
        except (ConnectionError, qmp.Refused):
            pass  # QEMU is gone: what went wrong is told by the test's own failure
        finally:
            self._end()

    def _end(self):
        self.process.kill()
        self.process.wait()
        if self.qmp:
            self.qmp.close()
        try:
            for camera in self.cameras:
                if camera.plugged:
                    camera.unplug()
        finally:
            self.home.cleanup()

    # --- looking

    def image(self):
        """The screen as it is now (Pillow)."""
        path = self.folder / "screen.ppm"
        self.qmp.run("screendump", filename=str(path))
        with Image.open(path) as image:
            return image.copy()

    def screen(self):
        """The screen as it is now, to be read."""
        image = self.image()
        # to search an unchanged picture for text again would only slow the guest down
        if self.seen is None or image != self.seen.image:
            self.seen = Screen(image, self.grid)
            self.grid = self.seen.grid or self.grid
        return self.seen

    def text(self):
        return self.screen().text()

    def codes(self):
        """The QR codes on the screen: bytes, with the names of the readers that read them."""
        return codes(self.image())

    def wait_for(self, text, patience=None):
        """Until the screen shows it; gives that screen."""
        return self.wait_until(lambda screen: screen.contains(text) and screen, text, patience)

    def wait_gone(self, text, patience=None):
        """Until the screen shows it no more."""
        gone = f"the end of: {text}"
        return self.wait_until(lambda screen: not screen.contains(text) and screen, gone, patience)

    def wait_still(self, patience=None):
        """Until the text stays the same between two looks; gives that screen.

        A look may catch the program in the middle of its drawing: this one is for whole pages.
        """
        before = [None]

        def still(screen):
            same, before[0] = screen.text() == before[0], screen.text()
            return same and screen

        return self.wait_until(still, "a screen that stands still", patience)

    def wait_until(self, condition, what, patience=None):
        """Until `condition(screen)` gives something true, which is handed on."""
        end = time.monotonic() + (patience or self.patience)
        while True:
            # whether it runs is asked before the look, so that the last look is at the end
            running = self.running
            for camera in self.cameras:
                camera.check()
            screen = self.screen()
            if outcome := condition(screen):
                return outcome
            if not running:
                raise self._stuck("The machine is off", what, screen)
            if time.monotonic() > end:
                raise self._stuck("It has not come", what, screen)
            time.sleep(LOOK_PACE)

    def _stuck(self, why, what, screen):
        kept = self._keep(screen.image)
        where = f"\nA picture of it: {kept}" if kept else ""
        shown = screen.text() or "(no text that can be read)"
        return Stuck(f"{why}: {what}\nThe screen shows:\n{shown}{where}")

    def _keep(self, image):
        """Saves a picture where COLDLIGHT_VM_KEEP says, if it does; gives its path."""
        folder = os.environ.get("COLDLIGHT_VM_KEEP")
        if not folder:
            return None
        Path(folder).mkdir(parents=True, exist_ok=True)
        path = Path(folder) / f"{self.hardware.firmware}-{time.time_ns()}.png"
        image.save(path)
        return path

    # --- keys

    def type(self, text, keyboard=None):
        """Each character on a US keyboard; `keyboard` names one that was plugged in later."""
        for character in text:
            self._press(keys.of_text(character), keyboard)

    def key(self, *names, keyboard=None):
        """Keys by name, one after the other: "ret", "esc", "f1", "ctrl-alt-delete"."""
        for name in names:
            self._press(keys.of_name(name), keyboard)

    def _press(self, together, keyboard):
        assert keyboard in (None, self.stranger), f"no such keyboard: {keyboard}"
        # A keyboard that is bound to the screen gets what is sent to the screen; the machine's own
        # gets the rest.
        to = {} if keyboard is None else {"device": SCREEN}
        self.qmp.run("input-send-event", events=keys.strokes(together), **to)
        time.sleep(KEY_PACE)

    def plug_keyboard(self, name="stranger"):
        """A second keyboard, over USB."""
        assert self.stranger is None, "one keyboard more at a time"
        self.qmp.run("device_add", driver="usb-kbd", id=name, bus=BUS, display=SCREEN)
        self.stranger = name

    def unplug_keyboard(self):
        self._pull(self.stranger)
        self.stranger = None

    # --- cameras and sticks

    def camera(self, images, **options):
        """A webcam that sees `images` (see `Camera`), to be plugged in; two at most."""
        number = len(self.cameras)
        assert number < CAMERAS, f"the machine has ports for {CAMERAS} cameras"
        camera = Camera(camera_socket(self.folder, number), images, **options)
        self.cameras.append(camera)
        return camera

    def plug_stick(self, path, name="stick", log=None):
        """A file as a USB stick; what the guest writes is in the file once it is pulled out. Each
        write and flush also goes into the file `log` (see `write_log`)."""
        node = {"driver": "raw", "file": {"driver": "file", "filename": str(path)}}
        if log is not None:
            Path(log).touch()
            node = {"driver": "blklogwrites", "file": node, "log": {"driver": "file"}}
            node["log"]["filename"] = str(log)
            node |= {"log-sector-size": SECTOR, "log-super-update-interval": 1}
        self.qmp.run("blockdev-add", node_name=name, **node)
        stick = {"driver": "usb-storage", "id": name, "drive": name, "bus": BUS}
        self.qmp.run("device_add", **stick, removable=True)

    def pull_stick(self, name="stick"):
        """Out, whatever the guest is doing with it."""
        self._pull(name)
        self.qmp.run("blockdev-del", node_name=name)

    def pull_boot_stick(self):
        self.pull_stick(BOOT)

    def boot_stick(self):
        """The bytes of the stick that it was booted from, as they are now."""
        return boot_medium(self.folder).read_bytes()

    def _pull(self, device):
        self.qmp.run("device_del", id=device)
        self._await(lambda: self.qmp.event("DEVICE_DELETED", device=device), f"{device} pulled out")

    # --- power and memory

    @property
    def running(self):
        return self.qmp.run("query-status")["status"] not in ("shutdown", "guest-panicked")

    def power_button(self):
        self.qmp.run("system_powerdown")

    def wait_off(self, patience=None):
        """Until it has switched itself off. Its memory stays; a restart instead is a failure."""
        event = self._await(lambda: self.qmp.event("SHUTDOWN"), "switched off", patience)
        reason = event["data"]["reason"]
        if reason != "guest-shutdown":
            raise self._stuck(f"It ended by {reason}", "switched off", self.screen())

    def dump_memory(self, path):
        """The whole RAM into a file, and the video memory after it."""
        self.qmp.run("pmemsave", val=0, size=self.hardware.memory << 20, filename=str(path))
        part = self.folder / "video"
        for address, size in self._video_memory():
            self.qmp.run("pmemsave", val=address, size=size, filename=str(part))
            with open(path, "ab") as whole:
                whole.write(part.read_bytes())
            part.unlink()

    def _video_memory(self):
        devices = [device for bus in self.qmp.run("query-pci") for device in bus["devices"]]
        [display] = [device for device in devices if device["qdev_id"] == SCREEN]
        regions = [region for region in display["regions"] if region["bar"] == 0]
        return [(region["address"], region["size"]) for region in regions]

    def _await(self, condition, what, patience=None):
        """As `wait_until`, for what is not on the screen."""
        end = time.monotonic() + (patience or self.patience)
        while not (outcome := condition()):
            if time.monotonic() > end:
                raise self._stuck("It has not come", what, self.screen())
            time.sleep(LOOK_PACE)
        return outcome
