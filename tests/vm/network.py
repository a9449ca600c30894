"""There is no network: not in the kernel, and not for a program in it."""

import re
import subprocess

from release import DIST, VMLINUX, booted
from user import User

# Functions that a kernel has as soon as it has sockets, or a protocol over them.
SYMBOLS = (
    "sock_create", "sock_register", "sock_alloc", "__sys_socket", "__sys_socketpair",
    "__sys_connect", "unix_create", "inet_create", "tcp_v4_connect", "tcp_sendmsg", "udp_sendmsg",
    "ip_output", "ip_rcv", "ipv6_rcv", "netif_rx", "netlink_sendmsg", "register_netdev",
    "register_netdevice", "packet_create", "alloc_skb", "__alloc_skb",
)  # fmt: skip


def the_kernel_has_no_symbol_of_a_network(folder):
    lines = subprocess.run(["nm", VMLINUX], check=True, capture_output=True, text=True).stdout
    symbols = {line.split()[-1] for line in lines.splitlines()}
    assert {"start_kernel", "uvc_probe", "do_sys_poll"} <= symbols, "not this kernel's symbols"
    network = {name for name in SYMBOLS if name in symbols}
    network |= {name for name in symbols if re.match(r"(tcp|udp|inet6?|ip6?|icmp|arp)_", name)}
    # printf's: they write an address as text
    network = {name for name in network if not re.search(r"_string(_sa)?$", name)}
    assert not network, f"the kernel has {sorted(network)}"
    config = (DIST / "kernel/.config").read_text()
    assert "# CONFIG_NET is not set" in config and "CONFIG_MODULES=y" not in config


def every_family_of_sockets_fails_in_the_machine(folder):
    """The self-test asks for each; without the failure of all there is no home screen."""
    with booted(firmware="seabios") as vm:
        home = User(vm).begin()
        assert home.contains("self-test passed"), home.text()


TESTS = [the_kernel_has_no_symbol_of_a_network, every_family_of_sockets_fails_in_the_machine]
