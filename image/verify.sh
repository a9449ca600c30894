# What can be said about an ISO without building it: its sums, its signature, what is inside.
# Sourced by scripts/verify-image.
# shellcheck shell=bash

# Fails unless the files are those that SHA256SUMS beside the ISO names.
# usage: check_sums ISO
check_sums() {
    local folder
    folder=$(dirname "$1")
    [[ -r $folder/SHA256SUMS ]] || die "There is no SHA256SUMS beside $1: nothing to compare with."
    grep --quiet "  $(basename "$1")\$" "$folder/SHA256SUMS" || die "$folder/SHA256SUMS does not name $(basename "$1")."
    (cd "$folder" && sha256sum --check --quiet --strict SHA256SUMS) ||
        die "A file is not the one that SHA256SUMS names: do not use it."
    echo "Sums: $(basename "$1") and MANIFEST are the files that SHA256SUMS names."
}

# Checks who signed SHA256SUMS and MANIFEST. A missing signature is said; it is refused only where the caller
# named keys. A wrong one is always refused.
# usage: check_signature FOLDER KEYS-FILE NAMED(yes or no)
check_signature() {
    local folder=$1 keys=$2 named=$3 file signer
    [[ -r $keys ]] || die "$keys cannot be read: name the file of the release keys."
    if ! grep --quiet --extended-regexp '^[^#[:space:]]' "$keys"; then
        [[ $named == no ]] || die "$keys holds no key."
        echo "Signature: not checked. The project has no release key yet (image/release-keys is empty)."
        return
    fi
    for file in SHA256SUMS MANIFEST; do
        if [[ ! -f $folder/$file.sig ]]; then
            [[ $named == no ]] || die "$file is not signed: there is no $folder/$file.sig."
            echo "Signature: none. $file is not signed, so the sums show damage only, not who made them."
            continue
        fi
        signer=$(ssh-keygen -Y find-principals -s "$folder/$file.sig" -f "$keys" 2>/dev/null | head --lines 1) || true
        [[ -n $signer ]] || die "$file is signed by a key that $keys does not hold: do not use this image."
        ssh-keygen -q -Y verify -f "$keys" -I "$signer" -n "$signature_namespace" -s "$folder/$file.sig" \
            <"$folder/$file" >/dev/null 2>&1 || die "The signature of $file is wrong: do not use this image."
        echo "Signature: $file is signed by $signer."
    done
}

# A little-endian number of 1 or 4 bytes. usage: number FILE OFFSET BYTES
number() {
    od --address-radix n --format "u$3" --endian little --skip-bytes "$2" --read-bytes "$3" "$1" | tr -d ' '
}

# The kernel proper, out of the EFI file (Documentation/arch/x86/boot.rst: setup_sects, payload_offset,
# payload_length). usage: unpack_kernel EFI-FILE OUT
unpack_kernel() {
    local start length
    start=$((($(number "$1" $((0x1f1)) 1) + 1) * 512 + $(number "$1" $((0x248)) 4)))
    length=$(number "$1" $((0x24c)) 4)
    # the payload's last four bytes are its unpacked length
    head --bytes "$((start + length - 4))" "$1" | tail --bytes "+$((start + 1))" | zstd --decompress --quiet --stdout >"$2" ||
        die "The kernel in the image cannot be unpacked."
}

# The archive inside the kernel: from its first header to the trailer, which cpio finds.
# usage: unpack_archive KERNEL OUT
unpack_archive() {
    local start
    start=$(grep --text --byte-offset --only-matching --extended-regexp '070701[0-9A-F]{104}' "$1" |
        head --lines 1 | cut -d : -f 1) || true
    [[ -n $start ]] || die "There is no initramfs in the kernel."
    tail --bytes "+$((start + 1))" "$1" >"$2"
}

# Fails unless MANIFEST gives a file this hash. usage: check_result NAME FILE MANIFEST
check_result() {
    local hash
    hash=$(sha256 <"$2")
    grep --quiet --line-regexp --fixed-strings "result $1 - $hash" "$3" ||
        die "The $1 in the image is not the one that MANIFEST names: do not use it."
    echo "  $1 $hash"
}

# Lists what is in an ISO, out of the ISO itself, and holds it against MANIFEST. usage: list_contents ISO
list_contents() {
    local iso=$1 folder
    folder=$(mktemp --directory)
    extract_efi_file "$iso" "$folder/efi"
    unpack_kernel "$folder/efi" "$folder/kernel"
    unpack_archive "$folder/kernel" "$folder/archive"
    cpio --quiet --extract --to-stdout init <"$folder/archive" >"$folder/init" 2>/dev/null
    echo
    echo "As MANIFEST names them, SHA-256"
    check_result BOOTX64.EFI "$folder/efi" "$(dirname "$iso")/MANIFEST"
    check_result program "$folder/init" "$(dirname "$iso")/MANIFEST"
    echo "Sizes in bytes"
    printf '%12s  %s\n' "$(stat --format %s "$iso")" "$(basename "$iso")" \
        "$(stat --format %s "$folder/efi")" "EFI/BOOT/BOOTX64.EFI" \
        "$(stat --format %s "$folder/kernel")" "the kernel unpacked, with the initramfs"
    echo "Files on the disc"
    xorriso -indev "$iso" -find / -type f -exec lsdl 2>/dev/null | awk '{ gsub("\047", "", $NF); printf "%12s  %s\n", $5, $NF }'
    echo "The whole initramfs: mode, owner, size, name"
    cpio --quiet --list --verbose --numeric-uid-gid <"$folder/archive" 2>/dev/null |
        awk '{ size = $1 ~ /^c/ ? $5 $6 : $5; printf "  %s %s:%s %9s  /%s\n", $1, $3, $4, size, $NF }'
    rm -r "$folder"
}

# Shows the options that matter. They cannot be read from the kernel; only a rebuild shows that the image is
# made with them. usage: list_options
list_options() {
    local option
    echo "Kernel options, as image/kernel.config has them ('--rebuild' shows that the image is made so)"
    for option in NET MODULES ATA BLK_DEV_NVME SOUND SERIAL_8250 SWAP COREDUMP DEVMEM KEXEC IO_URING BPF_SYSCALL \
        DEBUG_FS LOCK_DOWN_KERNEL_FORCE_CONFIDENTIALITY INIT_ON_ALLOC_DEFAULT_ON INIT_ON_FREE_DEFAULT_ON \
        SECURITY_LANDLOCK CMDLINE_OVERRIDE; do
        grep "^CONFIG_$option=" "$project/image/kernel.config" | sed 's/^/  /'
    done
}
