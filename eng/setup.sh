# What the commands need from the system, and how the projects are built. Sourced by ./ditask and eng/test.sh.
# shellcheck shell=bash
: "${root:?}" "${bundled_model:?}"

# Debian packages. Serving needs the first list only; libtorch is for folding and for the tests.
image_packages=(libturbojpeg0 libspng0 libwebp7)
torch_packages=(libtorch-dev libopenblas0-pthread)
# The browser in which the page is tested.
browser_packages=(chromium)

# What to look for where there are no Debian packages.
declare -A library_of=(
    [libturbojpeg0]=libturbojpeg.so.0 [libspng0]=libspng.so.0 [libwebp7]=libwebp.so.7
    [libtorch-dev]=libtorch_cpu.so [libopenblas0-pthread]=libopenblas.so.0
)

have() { command -v "$1" >/dev/null 2>&1; }

installed() {
    if have dpkg-query; then
        [[ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" == installed ]]
    elif [[ "$1" == chromium ]]; then
        [[ -x /usr/bin/chromium ]]
    else
        # Not grep -q: it stops reading early, which pipefail would take for a failure of ldconfig.
        ldconfig -p 2>/dev/null | grep -F "${library_of[$1]}" >/dev/null
    fi
}

onnxruntime_cached() {
    # shellcheck source=eng/versions.env disable=SC1091
    (source "$root/eng/versions.env" && compgen -G "$(cache_directory)/onnxruntime-$ONNXRUNTIME_VERSION-linux-*/libonnxruntime.so.1" >/dev/null)
}

# Names the packages of $@ that are not installed.
missing_packages() {
    local package
    for package in "$@"; do
        installed "$package" || echo "$package"
    done
}

missing_runtime_packages() {
    missing_packages "${image_packages[@]}"
    # npm only carries the ONNX Runtime library here.
    have npm || onnxruntime_cached || echo npm
}

missing_torch_packages() {
    # An unpacked libtorch, named by this variable, stands in for Debian's.
    [[ -n "${TORCH_DIR:-}" ]] || missing_packages "${torch_packages[@]}"
    have cmake || echo cmake
    have c++ || have g++ || echo g++
}

install_packages() {
    (($# > 0)) || return 0
    have apt-get || fail "these are missing, and ./ditask installs them only on Debian and its relatives; their names there: $*"
    local as_root=()
    if ((EUID != 0)); then
        have sudo || fail "not root and no sudo; as root run: apt-get install $*"
        as_root=(sudo)
    fi

    say "installing $*"
    local log
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

need_packages() {
    local names
    names="$(sort -u)"
    # shellcheck disable=SC2086
    install_packages $names
}

need_dotnet() {
    local place
    if ! have dotnet; then
        for place in "$HOME/.dotnet" /usr/share/dotnet /usr/lib/dotnet /opt/dotnet; do
            [[ -x "$place/dotnet" ]] && export PATH="$place:$PATH" DOTNET_ROOT="$place" && break
        done
    fi
    local wanted found advice
    wanted="$(sed -n 's/.*"version": "\(.*\)".*/\1/p' "$root/global.json")"
    advice="Debian has no package of it: get it from https://dotnet.microsoft.com/download/dotnet/10.0, unpack it into ~/.dotnet, and run this again."
    have dotnet || fail "the .NET SDK $wanted or a later patch of it is missing. $advice"
    # Run inside the repository, where global.json says which SDK will do.
    found="$(cd "$root" && dotnet --version 2>&1)" || fail "the .NET SDK $wanted or a later patch of it is needed. $advice dotnet says:
$found"
}

need_runtime() {
    need_dotnet
    missing_runtime_packages | need_packages
}

# libtorch and the shim over it. The shim's script does nothing when the shim is up to date.
need_torch() {
    missing_torch_packages | need_packages
    compgen -G "$(cache_directory)/torch-shim-*/libditask_torch.so" >/dev/null || say "building the libtorch shim (once)"
    bash "$root/eng/build-torch-shim.sh" >/dev/null
}

# Prometheus' checker of metrics and alerts. Its package is unpacked and not installed: that would start a server.
need_promtool() {
    local place
    place="$(cache_directory)/promtool"
    have promtool && return
    [[ -x "$place" ]] || fetch_promtool "$place" || say "promtool could not be fetched; the tests that ask it are skipped"
    [[ ! -x "$place" ]] || export DITASK_PROMTOOL="$place"
}

fetch_promtool() {
    have apt-get && have dpkg-deb || return 1
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

# The page's tests drive a browser.
need_browser() { missing_packages "${browser_packages[@]}" | need_packages; }

# Builds one project, quietly, unless nothing that it is made of has changed since it, or everything, was last built.
build_app() {
    local project="$1" folder=src stamp
    [[ -d "$root/src/$project" ]] || folder=tests
    if [[ -x "$(app_path "$project" "$2")" ]]; then
        for stamp in "$root/artifacts/$project.built" "$root/artifacts/solution.built"; do
            [[ -f "$stamp" ]] && unchanged_since "$stamp" "$folder" && return
        done
    fi
    say "building $project"
    dotnet_build "$root/$folder/$project/$project.csproj" "$root/artifacts/$project.built"
}

unchanged_since() {
    [[ -z "$(find "$root"/{src,compat,eng,"$2"} "$root"/Directory.* "$root/global.json" -newer "$1" -print -quit)" ]]
}

build_all() {
    say "building"
    dotnet_build "$root/DiTask.sln" "$root/artifacts/solution.built"
}

dotnet_build() {
    local log
    mkdir -p "$root/artifacts"
    log="$(mktemp "$root/artifacts/build.XXXXXX.log")"
    # The stamp carries the time before the build: a file saved while it ran is newer.
    touch "$2.begun"
    # To a file, not a pipe: build servers outlive the build and would hold the pipe open.
    if ! (cd "$root" && dotnet build "$1" -c Release -v q --nologo </dev/null >"$log" 2>&1); then
        grep -E '(error|warning) [A-Z]+[0-9]+' "$log" | sort -u >&2 || tail -n 40 "$log" >&2
        rm -f "$log"
        fail "the build failed"
    fi
    rm -f "$log"
    mv -f "$2.begun" "$2"
}

doctor() {
    local missing
    report() { printf '%-9s %-28s %s\n' "$1" "$2" "$3"; }
    if have dotnet && (cd "$root" && dotnet --version >/dev/null 2>&1); then
        report ok ".NET SDK" "$(cd "$root" && dotnet --version)"
    else
        report missing ".NET SDK" "needed by every command"
    fi
    missing="$(missing_packages "${image_packages[@]}" | paste -sd ' ')"
    report "$([[ -n "$missing" ]] && echo missing || echo ok)" "image libraries" "${missing:-${image_packages[*]}}"
    if onnxruntime_cached; then
        report ok "ONNX Runtime" "in $(cache_directory)"
    else
        report missing "ONNX Runtime" "downloaded by the first build$(have npm || echo ', which installs npm for it')"
    fi
    missing="$(missing_torch_packages | paste -sd ' ')"
    report "$([[ -n "$missing" ]] && echo missing || echo ok)" "libtorch and compiler" "${missing:-for fold, bench and test}"
    missing="$(missing_packages "${browser_packages[@]}" | paste -sd ' ')"
    report "$([[ -n "$missing" ]] && echo missing || echo ok)" "browser" "${missing:-for test}"
    if have promtool || [[ -x "$(cache_directory)/promtool" ]]; then
        report ok "promtool" "for test"
    else
        report missing "promtool" "fetched by test; without it some tests are skipped"
    fi
    local model="$bundled_model"
    report "$([[ -f "$model/manifest.json" ]] && echo ok || echo missing)" "bundled model" "${model#"$root/"}"
    have nvidia-smi && report ok "NVIDIA driver" "$(nvidia-smi --query-gpu=name --format=csv,noheader 2>/dev/null | head -n 1)"
    return 0
}
