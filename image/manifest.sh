# What an image was made of, and the sums of what came out. Sourced by scripts/image.
# shellcheck shell=bash

# Every input by name, version and SHA-256, one a line; nothing in it depends on the machine.
# usage: write_manifest BUILD-ID ENTRY-FOLDER PROGRAM OUT
write_manifest() {
    local id=$1 tree="$2/tree" program=$3
    {
        echo "# What coldlight.iso is made of: name, version, SHA-256."
        echo "# Packages: the hash is that of the .deb file; rustc: the compiler's commit; crates: the hash in Cargo.lock."
        echo "build $id"
        echo "date $(date --utc --date "@$SOURCE_DATE_EPOCH" +%Y-%m-%dT%H:%M:%SZ)"
        echo
        awk '/^(source|rust|kernel|program|media) / { print $1, $2, $3, $4 }' "$project/image/pins"
        echo
        awk -F '"' '
            /^name = /     { name = $2 }
            /^version = /  { version = $2 }
            /^checksum = / { print "crate", name, version, $2 }
        ' "$project/Cargo.lock"
        echo
        while read -r file; do
            echo "file $file - $(sha256 <"$project/$file")"
        done < <(image_files)
        echo
        echo "result kernel-configuration - $(grep --invert-match '^#' "$tree/.config" | sha256)"
        echo "result program - $(sha256 <"$program")"
        echo "result initramfs - $(sha256 <"$tree/usr/initramfs_data.cpio")"
        echo "result vmlinux - $(sha256 <"$tree/vmlinux")"
        echo "result BOOTX64.EFI - $(sha256 <"$tree/arch/x86/boot/bzImage")"
    } >"$4"
}

# usage: write_sums FOLDER FILE...
write_sums() {
    (cd "$1" && shift && sha256sum "$@" >SHA256SUMS)
}

# Fails unless the archive in the kernel holds what initramfs.list names and nothing else.
# usage: check_archive ENTRY-FOLDER
check_archive() {
    local expected found
    expected=$(awk '!/^#/ { print substr($2, 2) }' "$project/image/initramfs.list" | sort)
    found=$(cpio --quiet --list <"$1/tree/usr/initramfs_data.cpio" | sed 's,^/,,' | sort)
    [[ $found == "$expected" ]] || die "The initramfs holds other entries than image/initramfs.list:" "$found"
}
