# What the image's scripts share. Sourced, never run.
# shellcheck shell=bash

project=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
dist="$project/dist"
cache="${XDG_CACHE_HOME:-$HOME/.cache}/coldlight"

# The same words, order of files and time zone on every machine.
export LC_ALL=C TZ=UTC
umask 022

die() {
    printf '%s\n' "$@" >&2
    exit 1
}

# The pins of one kind, comments left out: kind, name, version, SHA-256, size.
pins_of() { awk -v kind="$1" '$1 == kind' "$project/image/pins"; }

# The version of one pinned name.
pinned() {
    awk -v name="$1" '$2 == name { print $3; found = 1 } END { exit !found }' "$project/image/pins" ||
        die "image/pins has no line for $1."
}

SOURCE_DATE_EPOCH=$(pinned SOURCE_DATE_EPOCH)
export SOURCE_DATE_EPOCH

# Runs a command as root: as it is for root, with sudo for others.
as_root() {
    if [[ $EUID -eq 0 ]]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        die "Neither root nor sudo: run this as root, then start again: $*"
    fi
}

# Waits for a lock that is held until the calling shell ends, so that two runs do not trample one another.
# usage: hold LOCK-FILE WHAT
hold() {
    local descriptor
    mkdir -p "$(dirname "$1")"
    exec {descriptor}>"$1"
    # its date tells when it was used last
    touch "$1"
    if ! flock --nonblock "$descriptor"; then
        echo "Another run works on $2: waiting for it"
        flock "$descriptor"
    fi
}

# The SHA-256 of standard input.
sha256() { sha256sum | cut -d ' ' -f 1; }

# The files that decide what is in the image, sorted. The list of release keys is not one of them: a key
# may be added later without changing what was built.
image_files() {
    (cd "$project" && find Cargo.toml Cargo.lock src image scripts/image -type f \
        ! -path image/release-keys ! -path image/verify.sh ! -path image/with-init ! -path 'image/hardening*' | sort)
}

# One name for everything the image is made of: 16 hex digits, shown by the program and in the manifest.
build_id() { (cd "$project" && image_files | xargs -d '\n' sha256sum) | sha256 | cut -c 1-16; }
