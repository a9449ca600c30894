# The kernel: from the pinned source to one file with the program inside. This file is the recipe: its hash
# is part of the cache entry's name. Sourced by scripts/image.
# shellcheck shell=bash

# Names the kernel by all that goes into it.
kernel_inputs() {
    {
        pins_of epoch
        pins_of source
        pins_of kernel
        cat "$project"/image/kernel.{config,sh}
    } | sha256
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

# Unpacks the pinned source into TREE and sets its options.
# usage: make_tree TREE
make_tree() {
    local tree=$1 package
    package=$(fetch_source)
    mkdir -p "$tree"
    dpkg-deb --fsys-tarfile "$package" | tar --extract --to-stdout --wildcards './usr/src/*.tar.xz' |
        tar --extract --xz --directory "$tree" --strip-components 1
    configure_kernel "$tree"
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
    check_options "$tree"
    place_program "$tree" "$2"
    kernel_make "$tree" bzImage
    touch "$entry/complete"
    echo "$inputs" >"$entry/linked"
}
