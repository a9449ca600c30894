# Is this machine the one that the pins describe? Sourced by scripts/image.
# shellcheck shell=bash

# The image is the same to the byte only with the same compiler, which Debian 12 has.
check_system() {
    local name=""
    # shellcheck source=/dev/null
    [[ ! -r /etc/os-release ]] || name=$(. /etc/os-release && echo "${ID:-} ${VERSION_ID:-}")
    [[ $name == "debian 12" ]] ||
        die "The image is built on Debian 12 only, and this is ${name:-an unknown system}." \
            "Run scripts/image in a Debian 12 machine or container, for example: docker run -it debian:12"
    [[ $(uname -m) == x86_64 ]] || die "The image is built on an x86-64 machine only; this one is $(uname -m)."
}

installed_version() { dpkg-query --show --showformat='${Version}' "$1" 2>/dev/null || true; }

# The pinned tools whose installed version is another one, as "name=version" lines.
differing_tools() {
    local kind name version
    while read -r kind name version _; do
        case "$kind" in kernel | program | media) ;; *) continue ;; esac
        [[ $(installed_version "$name") == "$version" ]] || echo "$name=$version"
    done <"$project/image/pins"
}

# Brings every tool to its pinned version, or says which cannot be had.
check_tools() {
    local wanted wrong tool
    mapfile -t wanted < <(differing_tools)
    [[ ${#wanted[@]} -gt 0 ]] || return 0
    echo "Installing the pinned versions: ${wanted[*]}"
    as_root apt-get update --quiet=2 || true
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install --quiet=2 --yes --no-install-recommends \
        --allow-downgrades "${wanted[@]}" || true
    mapfile -t wrong < <(differing_tools)
    [[ ${#wrong[@]} -gt 0 ]] || return 0
    for tool in "${wrong[@]}"; do
        echo "${tool%%=*} is pinned to ${tool#*=}, but here it is $(installed_version "${tool%%=*}")." >&2
    done
    die "With other tools the image would be another one." \
        "Install these versions (Debian's archive of snapshots keeps old ones), or take today's: scripts/raise-pins"
}

# Prints the folder of the pinned Rust toolchain.
rust_toolchain() {
    local version commit candidate found
    read -r _ _ version commit < <(pins_of rust)
    for candidate in "" "+$version"; do
        # read whole before it is searched: a search that ends early would make the pipe fail
        found=$(RUSTUP_AUTO_INSTALL=0 rustc ${candidate:+"$candidate"} -vV 2>/dev/null) || continue
        if grep --quiet --line-regexp "commit-hash: $commit" <<<"$found"; then
            rustc ${candidate:+"$candidate"} --print sysroot
            return
        fi
    done
    command -v rustup >/dev/null ||
        die "The image is pinned to Rust $version, and rustup is not here to install it." \
            "Install that toolchain, or take today's: scripts/raise-pins"
    # what is there under that name stays as it is: others may be using it
    [[ -z $found ]] || die "The toolchain $version of rustup is not the one of commit $commit: look into it."
    echo "Installing Rust $version" >&2
    rustup toolchain install "$version" --profile minimal --no-self-update >&2 ||
        die "Rust $version could not be installed. Look at the connection, or take today's: scripts/raise-pins"
    rustc "+$version" --print sysroot
}
