# ./ditask setup and ./ditask doctor: programs that only some tests run. Sourced by ./ditask and eng/test.sh.
# shellcheck shell=bash
: "${root:?}" "${bundled_model:?}"

# Program and its Debian package. promtool comes out of the package prometheus, which is unpacked only: installing it starts a server.
declare -A test_package_of=([chromium]=chromium [node]=nodejs [python3]=python3 [curl]=curl [shellcheck]=shellcheck)

missing_test_packages() {
    local program
    for program in "${!test_package_of[@]}"; do
        have "$program" || echo "${test_package_of[$program]}"
    done | sort
}

setup_for_tests() {
    local packages
    packages="$(missing_test_packages | paste -sd ' ')"
    # shellcheck disable=SC2086
    [[ -z "$packages" ]] || install_packages $packages
    find_promtool || fetch_promtool "$(cache_directory)/promtool" ||
        fail "promtool could not be unpacked from Debian's package prometheus; put it on the PATH, or name it in DITASK_PROMTOOL"
}

install_packages() {
    have apt-get || fail "these are missing, and setup installs them only where apt-get is: $*"
    local as_root=() log
    if ((EUID != 0)); then
        have sudo || fail "not root and no sudo; as root run: apt-get install $*"
        as_root=(sudo)
    fi

    say "installing $*"
    log="$(mktemp)"
    # A fresh machine has no package lists; an old list may name versions that are gone.
    if ! apt_install "$@" >"$log" 2>&1; then
        "${as_root[@]}" apt-get update -q >>"$log" 2>&1 || true
        if ! apt_install "$@" >>"$log" 2>&1; then
            tail -n 20 "$log" >&2
            rm -f "$log"
            fail "could not install $*"
        fi
    fi
    rm -f "$log"
}

apt_install() { "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" </dev/null; }

# Tests find promtool on the PATH or by this variable.
find_promtool() {
    local place
    place="$(cache_directory)/promtool"
    [[ ! -x "$place" ]] || export DITASK_PROMTOOL="${DITASK_PROMTOOL:-$place}"
    have promtool || [[ -n "${DITASK_PROMTOOL:-}" ]]
}

fetch_promtool() {
    have apt-get && have dpkg-deb || return 1
    say "unpacking promtool"
    local work
    work="$(mktemp -d)"
    # Readable for the user as whom apt downloads.
    chmod 755 "$work"
    (
        cd "$work" || exit
        apt-get download -q prometheus || { ((EUID == 0)) && apt-get update -q && apt-get download -q prometheus; } || exit
        dpkg-deb -x prometheus_*.deb . && mkdir -p "$(dirname "$1")" && mv usr/bin/promtool "$1"
    ) >/dev/null 2>&1
    local status=$?
    rm -rf "$work"
    return "$status"
}

doctor() {
    report() { printf '%-9s %-16s %s\n' "$1" "$2" "$3"; }
    if have dotnet && (cd "$root" && dotnet --version >/dev/null 2>&1); then
        report ok ".NET SDK" "$(cd "$root" && dotnet --version)"
    else
        report missing ".NET SDK" "needed by every command"
    fi
    local packages="${NUGET_PACKAGES:-$HOME/.nuget/packages}" model="$bundled_model" program
    report "$([[ -d "$packages/microsoft.ml.onnxruntime" ]] && echo ok || echo missing)" "NuGet packages" "downloaded by the first build into $packages"
    report "$([[ -d "$packages/libtorch-cpu-linux-x64" ]] && echo ok || echo missing)" "libtorch" "a NuGet package; downloaded by the first build of fold, train or test"
    for program in "${!test_package_of[@]}"; do
        report "$(have "$program" && echo ok || echo missing)" "$program" "for some tests; without it they are skipped"
    done | sort -k2
    report "$(find_promtool && echo ok || echo missing)" "promtool" "for some tests; without it they are skipped"
    report "$([[ -f "$model/manifest.json" ]] && echo ok || echo missing)" "bundled model" "${model#"$root/"}"
    if have nvidia-smi; then
        report ok "NVIDIA driver" "$(nvidia-smi --query-gpu=name --format=csv,noheader 2>/dev/null | head -n 1)"
    fi
}
