"""The machine that QEMU plays: firmware, memory, screen, USB ports and what is in them."""

import shutil
from dataclasses import dataclass
from pathlib import Path

OVMF = Path("/usr/share/OVMF")
CAMERAS = 2
# ids in QEMU
SCREEN, BUS, BOOT = "screen", "usb.0", "boot"
# room for 3840x2160, and few enough frames a second for the description of that size (EDID)
VIDEO = "refresh_rate=30000,vgamem_mb=64"
CONTROLLERS = {"xhci": "qemu-xhci,id=usb,p2=15,p3=15", "ehci": "usb-ehci,id=usb"}
# The bootloader of QEMU's -kernel takes the screen's mode from `vga=`: VESA numbers of QEMU's own
# video BIOS, 32 bits a pixel.
VESA_MODES = {
    (640, 480): 0x142, (800, 600): 0x143, (1024, 768): 0x144, (1280, 1024): 0x145,
    (1280, 720): 0x18F, (1280, 800): 0x17A, (1440, 900): 0x180,
    (1680, 1050): 0x186, (1920, 1080): 0x192, (1920, 1200): 0x189, (2560, 1440): 0x198,
    (2560, 1600): 0x18C, (3840, 2160): 0x19A,
}  # fmt: skip


@dataclass
class Hardware:
    """`image` is written to a USB stick and booted (or to a CD, by `medium`); or else `kernel` with
    `initrd` is.

    `memory` in MB; `screen` in pixels; `clock` is the date and time at the start, in UTC
    (2026-11-22T12:04:00); `keyboard` "ps2" (as most laptops' own) or "usb"; `usb` is the
    controller, "xhci" or "ehci".

    One core: on a busy host two spend their time spinning for each other's locks, and a camera of
    30 frames a second comes down to 7. A core that idles by MONITOR spins as well, so that the
    processor has none.
    """

    image: Path | None = None
    firmware: str = "ovmf"
    kernel: Path | None = None
    initrd: Path | None = None
    memory: int = 256
    screen: tuple[int, int] = (1280, 800)
    medium: str = "stick"
    clock: str | None = None
    keyboard: str = "ps2"
    usb: str = "xhci"
    cores: int = 1
    cpu: str = "max,la57=off,monitor=off"

    def __post_init__(self):
        assert (self.image is None) != (self.kernel is None), "either an image or a kernel"
        assert self.memory <= 2048, "more memory would have a hole that a dump must go around"
        assert self.screen[0] % 8 == 0, "the emulated display rounds other widths down"

    def arguments(self, folder):
        """QEMU's, without its control socket; files that may change are copied into `folder`."""
        width, height = self.screen
        ps2 = "on" if self.keyboard == "ps2" else "off"
        words = ["-nodefaults", "-no-user-config", "-nic", "none", "-display", "none"]
        words += ["-machine", f"q35,accel=tcg,i8042={ps2}", "-cpu", self.cpu]
        words += ["-smp", str(self.cores), "-m", f"{self.memory}M"]
        words += ["-vga", "none", "-device"]
        words += [f"VGA,id={SCREEN},edid=on,xres={width},yres={height},{VIDEO}"]
        words += ["-device", CONTROLLERS[self.usb]]
        # the end of the machine stops it, and its memory stays to be looked at
        words += ["-action", "reboot=shutdown,shutdown=pause"]
        words += ["-rtc", f"base={self.clock or 'utc'}"]
        words += self._firmware(folder) + self._boot(folder)
        if self.keyboard == "usb":
            words += ["-device", f"usb-kbd,bus={BUS}"]
        for number in range(CAMERAS):
            path = camera_socket(folder, number)
            words += ["-chardev", f"socket,id=eye{number},path={path},server=on,wait=off"]
            words += ["-device", f"usb-redir,id=camera{number},chardev=eye{number},bus={BUS}"]
        return words

    def _firmware(self, folder):
        if self.firmware == "seabios":
            return []
        assert self.firmware == "ovmf", f"no such firmware: {self.firmware}"
        variables = folder / "OVMF_VARS.fd"
        shutil.copyfile(OVMF / "OVMF_VARS.fd", variables)
        code = f"if=pflash,format=raw,unit=0,readonly=on,file={OVMF / 'OVMF_CODE.fd'}"
        return ["-drive", code, "-drive", f"if=pflash,format=raw,unit=1,file={variables}"]

    def _boot(self, folder):
        if self.kernel:
            words = ["-kernel", str(self.kernel)]
            if self.initrd:
                words += ["-initrd", str(self.initrd)]
            # without a mode of that size the kernel keeps to text
            if self.firmware == "seabios" and self.screen in VESA_MODES:
                words += ["-append", f"vga={0x200 + VESA_MODES[self.screen]}"]
            return words
        copy = boot_medium(folder)
        shutil.copyfile(self.image, copy)
        node = f"driver=raw,node-name={BOOT},file.driver=file,file.filename={copy}"
        if self.medium == "cd":
            node, device = f"{node},read-only=on", "ide-cd"
        else:
            device = f"usb-storage,bus={BUS},removable=on"
        return ["-blockdev", node, "-device", f"{device},id={BOOT},drive={BOOT},bootindex=0"]


def boot_medium(folder):
    """The file that plays the stick or CD."""
    return folder / "boot.img"


def camera_socket(folder, number):
    """Where QEMU listens for the camera of this number."""
    return folder / f"camera{number}"
