"""Sticks as files: made here with their file system, and read again after the machine had them."""

import struct
import subprocess
from pathlib import Path

SIZE = 64 * 1024 * 1024
SECTOR = 512
# where a stick as it is sold has its partition
START = 2048 * SECTOR
# a partition's type, as the master boot record says it
KINDS = {"fat": 0x0C, "exfat": 0x07, "ext4": 0x83}
# Debian keeps some of the tools where only root's path leads
ENVIRONMENT = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C", "MTOOLS_SKIP_CHECK": "1"}


class Stick:
    """`files` are bytes by name, in the top folder; `system` is "fat", "exfat" (which no tool puts
    files on without a mount) or "ext4", in a partition as sticks are sold or over the whole stick.
    """

    def __init__(self, folder, system, files, partitioned=None):
        assert not (system == "exfat" and files), "an exFAT stick begins empty"
        if partitioned is None:
            partitioned = system != "ext4"
        self.system = system
        self.start = START if partitioned else 0
        self.image = folder / f"{system}-stick.img"
        self.part = folder / f"{system}-part.img"
        contents = folder / f"{system}-contents"
        contents.mkdir()
        for name, data in files.items():
            (contents / name).write_bytes(data)
        with open(self.part, "wb") as part:
            part.truncate(SIZE)
        if system == "ext4":
            _run("mke2fs", "-q", "-t", "ext4", "-L", "PAYMENTS", "-d", contents, self.part)
        elif system == "exfat":
            _run("mkfs.exfat", "-L", "PAYMENTS", self.part)
        else:
            _run("mformat", "-i", self.part, "-F", "-v", "PAYMENTS", "::")
            for name in files:
                _run("mcopy", "-i", self.part, contents / name, "::")
        with open(self.image, "wb") as image:
            if self.start:
                image.write(boot_record(self.start, SIZE, KINDS[system]))
                image.seek(self.start)
            image.write(self.part.read_bytes())

    def pulled(self):
        """What the machine left on it, to be looked at from now on."""
        with open(self.image, "rb") as image:
            image.seek(self.start)
            self.part.write_bytes(image.read())

    def names(self):
        """What is in the top folder, as another computer sees it."""
        if self.system == "ext4":
            # one line an entry: /inode/mode/user/group/name/size/
            lines = self._debugfs("ls -p /").decode().splitlines()
            names = [line.split("/")[5] for line in lines if line.startswith("/")]
            return {name for name in names if name not in (".", "..", "lost+found")}
        if self.system == "exfat":
            return set(self._nodes())
        listed = _run("mdir", "-i", self.part, "-b", "::").decode().splitlines()
        return {line.removeprefix("::/") for line in listed if line}

    def read(self, name):
        """A file's bytes, as another computer reads them."""
        if self.system == "ext4":
            return self._debugfs(f"cat {name}")
        if self.system == "exfat":
            return _run("icat", "-f", "exfat", self.part, self._nodes()[name])
        return _run("mtype", "-i", self.part, f"::{name}")

    def add(self, name, data):
        """Another computer puts a file on a FAT stick."""
        assert self.system == "fat", "only FAT is written without a mount"
        file = self.part.with_name(name)
        file.write_bytes(data)
        self.pulled()
        _run("mcopy", "-i", self.part, file, "::")
        with open(self.image, "r+b") as image:
            image.seek(self.start)
            image.write(self.part.read_bytes())

    def check(self):
        """Fails unless the file system is whole: nothing left open, half written or to repair."""
        if self.system == "ext4":
            _run("e2fsck", "-f", "-n", self.part)
        elif self.system == "exfat":
            _run("fsck.exfat", "-n", self.part)
        else:
            _run("fsck.fat", "-n", self.part)

    def _debugfs(self, request):
        return _run("debugfs", "-R", request, self.part)

    def _nodes(self):
        """The files of an exFAT stick's top folder: their places by their names."""
        # "r/r 6:<tab>name"; an asterisk marks what was removed, other types what is no file
        lines = _run("fls", "-f", "exfat", self.part).decode(errors="replace").splitlines()
        places = [line.removeprefix("r/r ").split(":\t", 1) for line in lines if "r/r " in line[:4]]
        return {name: place for place, name in places if not place.startswith("*")}


def boot_record(start, size, kind):
    """One partition of this type, as every system reads it (the master boot record of the PC)."""
    no_cylinders = b"\xfe\xff\xff"
    sectors = start // SECTOR, size // SECTOR
    entry = struct.pack("<B3sB3sII", 0, no_cylinders, kind, no_cylinders, *sectors)
    return bytes(446) + entry + bytes(48) + b"\x55\xaa"


def _run(*words):
    done = subprocess.run([str(word) for word in words], env=ENVIRONMENT, capture_output=True)
    if done.returncode != 0:
        raise AssertionError(f"{Path(words[0]).name}: {(done.stdout + done.stderr).decode()}")
    return done.stdout
