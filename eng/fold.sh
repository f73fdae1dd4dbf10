# Folds a checkpoint once. Sourced by ./ditask and by docker/fold.sh.
# shellcheck shell=bash

# The folder in $3 for checkpoint $1 folded by version $2 of the tool.
folded_folder() { echo "$3/$(sha256sum "$1" | cut -c 1-16)-$2"; }

# Folds checkpoint $2 with the tool $1 into the folder $3, unless that is there.
fold_once() {
    local tool="$1" checkpoint="$2" target="$3" work
    [[ ! -f "$target/manifest.json" ]] || return 0
    mkdir -p "$(dirname "$target")"
    # Folded beside its place and renamed: two that start at once do not see half a model.
    work="$(mktemp -d "$target.XXXXXX")"
    if ! "$tool" fold "$checkpoint" --out "$work/model" >&2; then
        rm -rf "$work"
        echo "fold: $checkpoint could not be folded" >&2
        return 1
    fi
    [[ -f "$target/manifest.json" ]] || { rm -rf "$target" && mv -T "$work/model" "$target"; }
    rm -rf "$work"
}
