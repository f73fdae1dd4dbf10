#!/usr/bin/env bash
# Puts libonnxruntime.so.1 for this machine into the native cache; does nothing when it is already there.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
# shellcheck source=versions.env
source "$here/versions.env"

fail() {
    echo "fetch-onnxruntime: $*" >&2
    exit 1
}

case "$(uname -s)-$(uname -m)" in
    Linux-x86_64) arch=x64 ;;
    Linux-aarch64 | Linux-arm64) arch=arm64 ;;
    *) fail "no ONNX Runtime library for $(uname -s) $(uname -m); expected Linux on x86_64 or aarch64" ;;
esac

if [[ -n "${DITASK_CACHE:-}" ]]; then
    cache="$DITASK_CACHE"
elif [[ -n "${XDG_CACHE_HOME:-}" ]]; then
    cache="$XDG_CACHE_HOME/ditask"
else
    cache="${HOME:?set DITASK_CACHE, XDG_CACHE_HOME or HOME}/.cache/ditask"
fi
name=libonnxruntime.so.1
target="$cache/onnxruntime-$ONNXRUNTIME_VERSION-linux-$arch/$name"

if [[ -s "$target" ]]; then
    echo "ONNX Runtime $ONNXRUNTIME_VERSION: $target"
    exit 0
fi

command -v npm >/dev/null || fail "npm is missing; install it (Debian: apt-get install npm) or put the library at $target"

# The temporary folder lies beside the target so that the last step is a rename: several runs at once are safe.
mkdir -p "$(dirname "$target")"
work="$(mktemp -d "$(dirname "$target")/.fetch.XXXXXX")"
trap 'rm -rf "$work"' EXIT

package="onnxruntime-node@$ONNXRUNTIME_VERSION"
(cd "$work" && npm pack "$package" --silent --ignore-scripts >/dev/null) || fail "npm could not download $package"
tarball="$(find "$work" -maxdepth 1 -name '*.tgz' -print -quit)"
[[ -n "$tarball" ]] || fail "npm pack $package left no tarball"

expected="$(base64 -d <<<"${ONNXRUNTIME_INTEGRITY#sha512-}" | od -An -vtx1 | tr -d ' \n')"
found="$(sha512sum "$tarball" | cut -d ' ' -f 1)"
[[ "$found" == "$expected" ]] || fail "$package has the wrong SHA-512: expected $expected, found $found"

member="package/bin/napi-v6/linux/$arch/$name"
# -m: a fresh time stamp, or an upgraded library would look older than the copy beside the binaries.
tar -xzmf "$tarball" -C "$work" --no-same-owner "$member" || fail "$package does not hold $member"
mv -f "$work/$member" "$target"
echo "ONNX Runtime $ONNXRUNTIME_VERSION: $target (downloaded)"
