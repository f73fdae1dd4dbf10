#!/usr/bin/env bash
# Puts together as a folder what an image holds: docker/layout.sh cpu|gpu|fold FOLDER
# The Dockerfile runs this and copies the folder; a test runs it and starts the service from there.
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
# shellcheck source=eng/common.sh
source "$root/eng/common.sh"

(($# == 2)) || fail "layout: expected cpu, gpu or fold, and a FOLDER; got '$*'"
target="$1"
mkdir -p "$2"
folder="$(cd "$2" && pwd)"

# Built aside, with lock files aside: those of the repository know nothing of a program that brings its runtime along.
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
publish() { # PROJECT [PROPERTIES]
    (cd "$root" && dotnet publish "src/$1/$1.csproj" -c Release --use-current-runtime --self-contained --nologo -v q -o "$folder/app" \
        -p:ArtifactsPath="$work/artifacts" -p:LockFolder="$work/locks" -p:RestoreLockedMode=false -p:RunAnalyzers=false "${@:2}" </dev/null)
}

case "$target" in
cpu) publish DiTask.Api ;;
gpu) publish DiTask.Api -p:OnnxRuntime=gpu ;;
fold)
    publish DiTask.Cli
    mkdir -p "$folder/eng" "$folder/docker"
    cp "$root/eng/fold.sh" "$folder/eng/"
    cp "$root/docker/fold.sh" "$folder/docker/"
    ;;
*) fail "layout: expected cpu, gpu or fold; got '$target'" ;;
esac

if [[ "$target" != fold ]]; then
    cp -r "$bundled_model" "$folder/model"
    cp -r "$samples" "$folder/samples"
fi
# Another user runs it, and writes nothing.
chmod -R a+rX,a-w "$folder"
