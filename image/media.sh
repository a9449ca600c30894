# The hybrid ISO: a disc for BIOS and UEFI that is also a stick when written raw. The kernel is in it once,
# as the EFI file; for BIOS, GRUB reads that same file. Sourced by scripts/image.
# shellcheck shell=bash

# The ISO may have this many bytes at most.
largest_iso=$((16 * 1000 * 1000))

# GRUB's core for BIOS: what reads a disc, a FAT file system in a file, and a kernel; no shell to fall into.
# usage: make_bios_core OUT
make_bios_core() {
    grub-mkimage --directory /usr/lib/grub/i386-pc --format i386-pc-eltorito --output "$1" --prefix / \
        --config "$project/image/grub.cfg" --compression auto \
        biosdisk iso9660 fat loopback linux vbe echo sleep halt
}

# A FAT file system that holds the EFI file where every firmware looks for it.
# usage: make_efi_disk EFI-FILE OUT
make_efi_disk() {
    local file=$1 disk=$2 folder sectors
    # room for the file in clusters of 2 KB, two tables, the folders; whole cylinders of 32 tracks
    sectors=$(((($(stat --format %s "$file") + 2047) / 2048) * 4 + 512))
    sectors=$(((sectors + 1023) / 1024 * 1024))
    folder=$(mktemp --directory)
    mkdir -p "$folder/EFI/BOOT"
    cp "$file" "$folder/EFI/BOOT/BOOTX64.EFI"
    find "$folder" -exec touch --date "@$SOURCE_DATE_EPOCH" {} +
    rm -f "$disk"
    mformat -C -i "$disk" -T "$sectors" -h 32 -s 32 -c 4 -N 434f4c44 -v COLDLIGHT ::
    mcopy -s -m -i "$disk" "$folder/EFI" ::
    rm -r "$folder"
}

# usage: make_iso EFI-FILE OUT
make_iso() {
    local out=$2 folder report
    folder=$(mktemp --directory)
    mkdir "$folder/boot"
    make_efi_disk "$1" "$folder/efi.img"
    make_bios_core "$folder/boot/bios.img"
    find "$folder" -exec touch --date "@$SOURCE_DATE_EPOCH" {} +
    rm -f "$out"
    # xorriso takes every date and identifier that it would invent from SOURCE_DATE_EPOCH
    report=$(xorriso -as mkisofs -quiet -o "$out" -V COLDLIGHT -r \
        -b boot/bios.img -no-emul-boot -boot-load-size 4 -boot-info-table --grub2-boot-info \
        --grub2-mbr /usr/lib/grub/i386-pc/boot_hybrid.img --protective-msdos-label --mbr-force-bootable \
        -eltorito-alt-boot --efi-boot efi.img -no-emul-boot -efi-boot-part --efi-boot-image \
        "$folder" 2>&1) || die "The ISO could not be made:" "$report"
    rm -r "$folder"
    [[ $(stat --format %s "$out") -le $largest_iso ]] ||
        die "$out has $(stat --format %s "$out") bytes; at most $largest_iso are allowed."
    [[ $(volume_bytes "$out") -eq $(stat --format %s "$out") ]] ||
        die "$out says of itself that it has $(volume_bytes "$out") bytes, and has $(stat --format %s "$out")." \
            "The running machine could not show the hash of its stick."
}

# The length that the ISO's own first block tells: its number of 2048-byte blocks is at byte 80 of block 16
# (ECMA-119, 8.4.8).
volume_bytes() {
    echo $(($(od --address-radix n --format u4 --endian little --skip-bytes $((16 * 2048 + 80)) --read-bytes 4 "$1") * 2048))
}

# Takes the EFI file out of an ISO.
# usage: extract_efi_file ISO OUT
extract_efi_file() {
    local disk
    disk=$(mktemp)
    xorriso -osirrox on -indev "$1" -extract_single /efi.img "$disk" 2>/dev/null ||
        die "$1 is not an image of Coldlight: it has no efi.img."
    rm -f "$2"
    mcopy -i "$disk" ::EFI/BOOT/BOOTX64.EFI "$2"
    rm -f "$disk"
}
