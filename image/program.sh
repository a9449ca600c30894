# The program as the image carries it: one static file, the same to the byte in any folder.
# Sourced by scripts/image.
# shellcheck shell=bash

target=x86_64-unknown-linux-gnu

# Joins its arguments as cargo wants several compiler options, so that folders may have spaces in their names.
encoded() { local IFS=$'\x1f'; echo "$*"; }

# Builds the program and prints its path.
# usage: build_program BUILD-ID TOOLCHAIN-FOLDER [option of cargo...]
build_program() {
    local id=$1 toolchain=$2 home folder flags commit registry
    shift 2
    home=$(realpath "${CARGO_HOME:-$HOME/.cargo}")
    folder=$(realpath --canonicalize-missing "${CARGO_TARGET_DIR:-$project/target/image}")
    # with the caller's environment: it may name a proxy
    "$toolchain/bin/cargo" fetch --locked --quiet --target $target --manifest-path "$project/Cargo.toml" >&2

    read -r _ _ _ commit < <(pins_of rust)
    # later maps win over earlier ones
    flags=(-Ctarget-feature=+crt-static "-Clink-arg=-Wl,--build-id=none"
        "--remap-path-prefix=$home=/cargo"
        "--remap-path-prefix=$folder=/target"
        "--remap-path-prefix=$project=/coldlight"
        # where the toolchain's sources are installed, paths into them would show their place
        "--remap-path-prefix=$toolchain/lib/rustlib/src/rust=/rustc/$commit")
    # each registry has a folder of its own; a mirror's has another name
    for registry in "$home"/registry/src/*/; do
        flags+=("--remap-path-prefix=${registry%/}=/crates")
    done

    # an environment of its own: what else is set on this machine has no say
    env --ignore-environment PATH="$toolchain/bin:/usr/bin:/bin" HOME="$HOME" CARGO_HOME="$home" \
        LC_ALL=C TZ=UTC SOURCE_DATE_EPOCH="$SOURCE_DATE_EPOCH" COLDLIGHT_BUILD="$id" \
        RUSTC="$toolchain/bin/rustc" LIBCLANG_PATH=/usr/lib/llvm-14/lib \
        CC=gcc-12 CXX=g++-12 AR=ar \
        CC_SHELL_ESCAPED_FLAGS=1 \
        CFLAGS="'-ffile-prefix-map=$home=/cargo' '-ffile-prefix-map=$folder=/target'" \
        CARGO_TARGET_X86_64_UNKNOWN_LINUX_GNU_LINKER=gcc-12 \
        CARGO_TARGET_DIR="$folder" CARGO_INCREMENTAL=0 \
        CARGO_ENCODED_RUSTFLAGS="$(encoded "${flags[@]}")" \
        "$toolchain/bin/cargo" build --locked --offline --profile image --target $target \
        --bin coldlight --manifest-path "$project/Cargo.toml" "$@" >&2
    echo "$folder/$target/image/coldlight"
}
