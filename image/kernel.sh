# The kernel: from the pinned source to one file with the program inside. This file is the recipe: its hash
# is part of the cache entry's name. Sourced by scripts/image.
# shellcheck shell=bash

# Names the kernel by all that goes into it.
kernel_inputs() {
    {
        pins_of epoch
        pins_of source
        pins_of kernel
        cat "$project"/image/kernel.{config,forbidden,sh}
    } | sha256
}

# Downloads the source package of the pinned version, or finds it downloaded. Prints its path.
fetch_source() {
    local name version hash size package partial folder="$cache/download"
    read -r _ name version hash size < <(pins_of source)
    package="$folder/${name}_${version}_all.deb"
    mkdir -p "$folder"
    if [[ ! -f $package ]]; then
        apt-cache show "$name=$version" >/dev/null 2>&1 || as_root apt-get update --quiet=2 >&2 || true
        apt-cache show "$name=$version" >/dev/null 2>&1 ||
            die "The mirror has $name $version no more." \
                "Put that package from snapshot.debian.org into $folder, or take today's: scripts/raise-pins"
        echo "Downloading $name $version ($((size / 1000000)) MB)" >&2
        partial=$(mktemp --directory --tmpdir="$folder")
        # as root apt would first try as a user who cannot write here, and warn
        (cd "$partial" && apt-get download --quiet=2 --option APT::Sandbox::User=root "$name=$version" >&2) ||
            die "$name $version could not be downloaded. Look at the connection, then start again."
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

# make, with everything fixed that could differ between two machines or two folders.
# usage: kernel_make TREE [target...]
kernel_make() {
    local tree=$1 map="-ffile-prefix-map=$1=."
    shift
    env --ignore-environment PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME="$HOME" LC_ALL=C TZ=UTC \
        nice --adjustment=5 make --silent --directory "$tree" --jobs "$(nproc)" ARCH=x86 \
        CC=gcc-12 HOSTCC=gcc-12 HOSTCXX=g++-12 AWK=mawk RUSTC=false PAHOLE=false LOCALVERSION= \
        KBUILD_BUILD_TIMESTAMP="$(date --utc --date "@$SOURCE_DATE_EPOCH")" \
        KBUILD_BUILD_USER=coldlight KBUILD_BUILD_HOST=coldlight KBUILD_BUILD_VERSION=1 \
        KCFLAGS="$map" KAFLAGS="$map" SOURCE_DATE_EPOCH="$SOURCE_DATE_EPOCH" "$@"
}

# Every option off, then ours over that; what ours make possible takes the source's defaults.
configure_kernel() {
    local tree=$1
    kernel_make "$tree" allnoconfig >/dev/null
    (cd "$tree" && scripts/kconfig/merge_config.sh -m .config "$project/image/kernel.config") >/dev/null
    kernel_make "$tree" olddefconfig >/dev/null
}

# The names of all options that this source knows, without "CONFIG_".
known_options() {
    find "$1" -name 'Kconfig*' -exec sed --regexp-extended --quiet \
        's/^[[:space:]]*(menu)?config[[:space:]]+([A-Za-z0-9_]+).*/\2/p' {} + | sort --unique
}

# Fails when a line of kernel.config did not come to be: options that depend on another one, or are on by
# default, are dropped or added without a word. A misspelt name would guard nothing.
check_config() {
    local tree=$1 known=$2 option wanted actual missed=0
    while IFS='=' read -r option wanted; do
        [[ $option == CONFIG_* ]] || continue
        actual=$(sed --quiet "s/^$option=//p" "$tree/.config")
        if ! grep --quiet --line-regexp "${option#CONFIG_}" <<<"$known"; then
            echo "$option in image/kernel.config is no option of this kernel." >&2
            missed=1
        elif [[ ${actual:-n} != "$wanted" ]]; then
            echo "$option: image/kernel.config says $wanted, the kernel's configuration has ${actual:-n}." >&2
            missed=1
        fi
    done <"$project/image/kernel.config"
    [[ $missed -eq 0 ]] ||
        die "An option depends on others that are off, or another one forces it: name those in image/kernel.config."
}

# Fails when an option is on that must be off.
check_forbidden() {
    local tree=$1 known=$2 option reason bad=0
    while read -r option reason; do
        [[ $option == CONFIG_* ]] || continue
        if ! grep --quiet --line-regexp "${option#CONFIG_}" <<<"$known"; then
            echo "$option in image/kernel.forbidden is no option of this kernel." >&2
            bad=1
        elif grep --quiet "^$option=" "$tree/.config"; then
            echo "$option is on and must be off: ${reason#\# }." >&2
            bad=1
        fi
    done <"$project/image/kernel.forbidden"
    [[ $bad -eq 0 ]] || die "A kernel with these options is not built."
}

# Unpacks the pinned source into TREE, sets its options and checks them.
# usage: make_tree TREE
make_tree() {
    local tree=$1 package known
    package=$(fetch_source)
    mkdir -p "$tree"
    dpkg-deb --fsys-tarfile "$package" | tar --extract --to-stdout --wildcards './usr/src/*.tar.xz' |
        tar --extract --xz --directory "$tree" --strip-components 1
    configure_kernel "$tree"
    known=$(known_options "$tree")
    check_config "$tree" "$known"
    check_forbidden "$tree" "$known"
}

# Puts the program where the kernel's build looks for it.
# usage: place_program TREE PROGRAM
place_program() {
    mkdir -p "$1/initramfs"
    install --mode 755 "$2" "$1/initramfs/init"
    cp "$project/image/initramfs.list" "$1/initramfs.list"
}

# Removes what the program is linked into, so that nothing half written by an interrupted link is taken for whole.
remove_link() {
    (cd "$1" && rm -f usr/{initramfs_data.cpio,initramfs_inc_data,initramfs_data.o,built-in.a} \
        {built-in.a,vmlinux.a,vmlinux.o,vmlinux,System.map} arch/x86/boot/{bzImage,vmlinux.bin} \
        arch/x86/boot/compressed/{vmlinux,vmlinux.bin,vmlinux.bin.zst,vmlinux.relocs,piggy.S,piggy.o})
}

# Builds the kernel with the program inside. The tree stays in the cache, so that another program only costs
# the last steps. A tree without the mark "complete" was interrupted and is begun anew; "linked" names the
# program that is inside.
# usage: build_kernel ENTRY-FOLDER PROGRAM
build_kernel() {
    local entry=$1 tree="$1/tree" inputs
    inputs=$(sha256sum "$2" "$project/image/initramfs.list" | cut -d ' ' -f 1 | sha256)
    if [[ ! -f $entry/complete ]]; then
        echo "Building the kernel in $entry: 7 to 15 minutes on two processors"
        rm -rf "$tree" "$entry/linked" "$entry/proven"
        make_tree "$tree"
    elif [[ ! -f $entry/linked || $(<"$entry/linked") != "$inputs" ]]; then
        echo "Linking the program into the kernel"
        rm -f "$entry/linked"
        remove_link "$tree"
    else
        return 0
    fi
    place_program "$tree" "$2"
    kernel_make "$tree" bzImage
    touch "$entry/complete"
    echo "$inputs" >"$entry/linked"
}
