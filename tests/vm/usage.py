"""How much of the machine's memory is in use, seen from outside."""

import numpy

PAGE = 4096


def in_use(vm, folder):
    """Bytes of the RAM's pages that are not all zero.

    The kernel wipes each page that is freed (init_on_free), so that what is free is zero: nothing
    that is in use is missed, but for pages that hold nothing yet. What the firmware and the boot
    loader left where the kernel has never been is counted, too: it is a bound from above.
    """
    dump = folder / "usage"
    vm.qmp.run("pmemsave", val=0, size=vm.hardware.memory << 20, filename=str(dump))
    pages = numpy.fromfile(dump, dtype=numpy.uint64).reshape(-1, PAGE // 8)
    dump.unlink()
    return int(pages.any(axis=1).sum()) * PAGE
