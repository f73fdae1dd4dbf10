#!/usr/bin/env bash
# Builds libditask_torch.so, the C++ shim between compat/TorchSharp and libtorch, and prints its path as the last line.
#
#   eng/build-torch-shim.sh          no-op when the cache already holds a library of these sources and this libtorch
#
# DITASK_CACHE (or XDG_CACHE_HOME/ditask, or ~/.cache/ditask) is where the result is kept.
# TORCH_DIR names an unpacked libtorch (the folder that holds share/cmake/Torch); default: the system's.
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
sources="$root/compat/TorchSharp/native"
cache="${DITASK_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/ditask}"
library=libditask_torch.so

fail() {
    printf 'build-torch-shim: %s\n' "$1" >&2
    exit 1
}

missing=()
command -v cmake >/dev/null || missing+=(cmake)
command -v c++ >/dev/null || missing+=(g++)

if [[ -n "${TORCH_DIR:-}" ]]; then
    cmake_dir="$TORCH_DIR/share/cmake/Torch"
    [[ -d "$cmake_dir" ]] || fail "TORCH_DIR=$TORCH_DIR has no share/cmake/Torch."
else
    cmake_dir=""
    for place in /usr/share/cmake/Torch /usr/lib/*/cmake/Torch /usr/local/share/cmake/Torch; do
        [[ -f "$place/TorchConfig.cmake" ]] && cmake_dir="$place" && break
    done
    [[ -n "$cmake_dir" ]] || missing+=(libtorch-dev libopenblas0-pthread)
fi

if (( ${#missing[@]} )); then
    fail "missing: ${missing[*]}. On Debian: sudo apt-get install ${missing[*]} (or set TORCH_DIR to an unpacked libtorch)."
fi

version_file="$cmake_dir/TorchConfigVersion.cmake"
source_hash="$({ cat "$sources"/*.h "$sources"/*.cpp "$sources/CMakeLists.txt" "$version_file"; uname -m; printf '%s' "$cmake_dir"; } | sha256sum | cut -c1-16)"
header_hash="$(sha256sum "$sources/ditask_torch.h" | cut -c1-16)"
target="$cache/torch-shim-$source_hash"
link="$cache/torch-shim-header-$header_hash"

if [[ ! -f "$target/$library" ]]; then
    mkdir -p "$cache"
    work="$(mktemp -d "$cache/torch-shim-build.XXXXXX")"
    trap 'rm -rf "$work"' EXIT
    if ! cmake -S "$sources" -B "$work/build" -DCMAKE_BUILD_TYPE=Release -DTorch_DIR="$cmake_dir" >"$work/log" 2>&1 ||
        ! cmake --build "$work/build" --parallel "$(nproc)" >>"$work/log" 2>&1; then
        cat "$work/log" >&2
        fail "the build failed (output above)."
    fi

    # Whoever renames first wins; the loser of a race has built the same thing and throws it away.
    mkdir "$work/done"
    cp "$work/build/$library" "$work/done/"
    mv -T "$work/done" "$target" 2>/dev/null || [[ -f "$target/$library" ]] || fail "could not write $target."
fi

# The managed side looks here: by the header that it was compiled against. A rename replaces the link in one step.
if [[ "$(readlink "$link" 2>/dev/null)" != "torch-shim-$source_hash" ]]; then
    ln -sfn "torch-shim-$source_hash" "$link.$$"
    mv -Tf "$link.$$" "$link"
fi

# Debian's reference BLAS is up to a hundred times slower than OpenBLAS, and works: nobody would notice why.
blas="$(ldd "$target/$library" | awk '/libblas\.so/ { print $3 }')"
if [[ -n "$blas" && "$(readlink -f "$blas")" == */blas/libblas.so* ]]; then
    printf 'build-torch-shim: warning: libtorch uses the reference BLAS (%s). On Debian: sudo apt-get install libopenblas0-pthread\n' "$blas" >&2
fi

printf '%s\n' "$target/$library"
