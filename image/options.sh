# Is the kernel configured as image/kernel.config and image/kernel.forbidden say? Sourced by scripts/image.
# shellcheck shell=bash

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

# usage: check_options TREE
check_options() {
    local known
    known=$(known_options "$1")
    check_config "$1" "$known"
    check_forbidden "$1" "$known"
}
