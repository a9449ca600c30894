# Signatures: of a release by its maker's SSH key, of the EFI file by an owner's Secure Boot key.
# Sourced by scripts/image.
# shellcheck shell=bash

# The purpose that a release's signature names, so that no other signature of the same key serves.
# shellcheck disable=SC2034  # scripts/verify-image reads it
signature_namespace=coldlight-image

# Signs SHA256SUMS and MANIFEST; leaves a .sig beside each.
# usage: sign_release KEY
sign_release() {
    local file
    [[ -r $1 ]] || die "$1 cannot be read: name the file of an SSH key."
    for file in SHA256SUMS MANIFEST; do
        rm -f "$dist/$file.sig"
        ssh-keygen -q -Y sign -f "$1" -n "$signature_namespace" "$dist/$file" ||
            die "$dist/$file could not be signed with $1."
    done
    echo "Signed: $dist/SHA256SUMS.sig, $dist/MANIFEST.sig"
}

# Makes a second ISO whose EFI file carries the owner's signature. It holds the time of signing, so this
# one differs each time; what it was made from is coldlight.iso's file.
# usage: sign_for_secure_boot KEY CERTIFICATE
sign_for_secure_boot() {
    local folder
    [[ -r $1 && -r $2 ]] || die "--sign wants two files: a private key and its certificate, both PEM."
    "$project/scripts/setup" secure-boot
    folder=$(mktemp --directory)
    extract_efi_file "$dist/coldlight.iso" "$folder/plain"
    sbsign --key "$1" --cert "$2" --output "$folder/signed" "$folder/plain" >/dev/null 2>&1 ||
        die "The EFI file could not be signed: does the certificate $2 belong to the key $1?"
    sbverify --cert "$2" "$folder/signed" >/dev/null || die "The signature that was made does not verify."
    make_iso "$folder/signed" "$dist/coldlight-signed.iso"
    rm -r "$folder"
    (cd "$dist" && sha256sum coldlight-signed.iso >coldlight-signed.iso.sha256)
    echo "For your own Secure Boot keys: $dist/coldlight-signed.iso ($(sha256 <"$dist/coldlight-signed.iso"))"
}
