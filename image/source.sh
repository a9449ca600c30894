# The kernel's source package, by the version and hash in the pins. Sourced by scripts/image.
# shellcheck shell=bash

# Does the mirror, as apt knows it, have this "name=version"?
mirror_has() { [[ -n $(apt-cache show "$1" 2>/dev/null) ]]; }

# Downloads the source package of the pinned version, or finds it downloaded. Prints its path.
fetch_source() {
    local name version hash size package partial folder="$cache/download"
    read -r _ name version hash size < <(pins_of source)
    package="$folder/${name}_${version}_all.deb"
    mkdir -p "$folder"
    if [[ ! -f $package ]]; then
        mirror_has "$name=$version" || as_root apt-get update --quiet=2 >&2 || true
        mirror_has "$name=$version" ||
            die "The mirror has $name $version no more." \
                "Put that package from Debian's archive of snapshots into $folder, or take today's: scripts/raise-pins"
        echo "Downloading $name $version ($((size / 1000000)) MB)" >&2
        partial=$(mktemp --directory --tmpdir="$folder")
        # as root apt would first try as a user who cannot write here, and warn
        (cd "$partial" && apt-get download --quiet=2 --option APT::Sandbox::User=root "$name=$version" >&2) ||
            { rm -r "$partial" && die "$name $version could not be downloaded. Look at the connection, then start again."; }
        mv "$partial"/*.deb "$package"
        rmdir "$partial"
    fi
    if [[ $(sha256 <"$package") != "$hash" ]]; then
        mv "$package" "$package.refused"
        die "$package is not the file that image/pins names: its SHA-256 differs." \
            "It was set aside as $package.refused. Start again; if it happens again, trust neither the mirror nor the file."
    fi
    echo "$package"
}
