"""The vaults on a partition after a cut, by programs that share nothing with the kernel's drivers.

ext4 is read twice: as it is, which is how the signer reads it (`noload`), and after its journal was
replayed, which is how any other computer reads it, and the signer once it writes.

What no kernel reads before it was repaired is read once, repaired: ext4 when a cut has torn its
superblock, of two sectors under one checksum; FAT when the top folder was being made longer and its
new end is not in the table.
"""

import subprocess

from sticks import ENVIRONMENT

# bytes of a vault's file (src/vault/layout.rs), and what it begins with
FILE, MAGIC = 2 << 20, b"COLDLIGHT VAULT\n"
# fsck: nothing to do; repaired; repaired, and the machine should be started anew
REPAIRED = (0, 1, 2)
TORN = "Superblock checksum does not match superblock"
# of the top folder
NO_END = "\n/\n  Contains a free cluster"


def files(system, part):
    """By each way of reading, the files in the top folder that the signer takes for a vault."""
    read = {"fat": _fat, "exfat": _exfat, "ext4": _ext4}[system]
    return {way: [file for file in found if _is_vault(file)] for way, found in read(part).items()}


def _is_vault(file):
    return len(file) == FILE and file.startswith(MAGIC)


def _fat(part):
    if NO_END not in _ran("fsck.fat", "-n", part).stdout.decode():
        return {"as it is": _fat_files(part)}
    repaired = part.with_name("fat-repaired.img")
    _repair(part, repaired, "fsck.fat", "-a")
    return {"repaired": _fat_files(repaired)}


def _fat_files(part):
    listed = _run("mdir", "-i", part, "-a", "-b", "::").decode(errors="replace").splitlines()
    names = [line.removeprefix("::/") for line in listed if line.startswith("::/")]
    return [_run("mtype", "-i", part, f"::{name}") for name in _shown(names)]


def _exfat(part):
    # "r/r 6:<tab>name"; an asterisk marks what was removed, other types what is no file
    lines = _run("fls", "-f", "exfat", part).decode(errors="replace").splitlines()
    nodes = [line.removeprefix("r/r ").split(":\t", 1) for line in lines if line.startswith("r/r ")]
    nodes = [node for node, name in nodes if not node.startswith("*") and _shown([name])]
    return {"as it is": [_run("icat", "-f", "exfat", part, node) for node in nodes]}


def _ext4(part):
    repaired = part.with_name("ext4-repaired.img")
    _repair(part, repaired, "e2fsck", "-f", "-y")
    looked = _ran("dumpe2fs", "-h", part)
    if looked.returncode == 0:
        return {"as it is": _ext4_files(part), "replayed": _ext4_files(repaired)}
    assert TORN in looked.stderr.decode(), looked.stderr.decode()
    return {"repaired": _ext4_files(repaired)}


def _ext4_files(part):
    # one line an entry: /inode/mode/user/group/name/size/
    lines = _run("debugfs", "-R", "ls -p /", part).decode(errors="replace").splitlines()
    entries = [line.split("/") for line in lines if line.startswith("/")]
    nodes = [entry[1] for entry in entries if entry[2].startswith("10") and _shown([entry[5]])]
    return [_run("debugfs", "-R", f"cat <{node}>", part) for node in nodes]


def _shown(names):
    """Those that the signer looks at: neither drafts nor what systems hide."""
    return [name for name in names if not name.startswith(".") and not name.upper().endswith(".TMP")]


def _repair(part, copy, *words):
    _run("cp", "--sparse=always", part, copy)
    done = _ran(*words, copy)
    assert done.returncode in REPAIRED, f"{words[0]}: {(done.stdout + done.stderr).decode()}"


def _run(*words):
    done = _ran(*words)
    assert done.returncode == 0, f"{words[0]}: {(done.stdout + done.stderr).decode()}"
    return done.stdout


def _ran(*words):
    return subprocess.run([str(word) for word in words], env=ENVIRONMENT, capture_output=True)
