#!/usr/bin/env bash
# What the image `fold` runs, and the chart before the service: docker/fold.sh CHECKPOINT FOLDER
# Folds the checkpoint into a folder in FOLDER, once per content, and points FOLDER/current at it.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
# shellcheck source=eng/fold.sh
source "$here/../eng/fold.sh"

(($# == 2)) || { echo "fold: expected CHECKPOINT FOLDER; got '$*'" >&2; exit 2; }
[[ -f "$1" ]] || { echo "fold: '$1' is no file" >&2; exit 2; }
tool="${DITASK_TOOL:-$here/../app/ditask}"
version="$("$tool" --version | tr -c 'A-Za-z0-9.\n' '-')"
target="$(folded_folder "$1" "$version" "$2")"
fold_once "$tool" "$1" "$target"

# Relative, so that the folder may be mounted elsewhere; renamed, so that a reader sees the old model or the new one.
ln -sfn "$(basename "$target")" "$2/.current.$$"
mv -Tf "$2/.current.$$" "$2/current"
echo "$target"
