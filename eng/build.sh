# How the projects are built. Sourced by ./ditask and eng/test.sh.
# shellcheck shell=bash
: "${root:?}"

need_dotnet() {
    local place
    if ! have dotnet; then
        for place in "$HOME/.dotnet" /usr/share/dotnet /usr/lib/dotnet /opt/dotnet; do
            [[ -x "$place/dotnet" ]] && export PATH="$place:$PATH" DOTNET_ROOT="$place" && break
        done
    fi
    local wanted found advice
    wanted="$(sed -n 's/.*"version": "\(.*\)".*/\1/p' "$root/global.json")"
    advice="Get it from https://dotnet.microsoft.com/download/dotnet/10.0, unpack it into ~/.dotnet, and run this again."
    have dotnet || fail "the .NET SDK $wanted or a later patch of it is missing. $advice"
    # Run inside the repository, where global.json says which SDK will do.
    found="$(cd "$root" && dotnet --version 2>&1)" || fail "the .NET SDK $wanted or a later patch of it is needed. $advice dotnet says:
$found"
}

packages_folder() { echo "${NUGET_PACKAGES:-${HOME:?set NUGET_PACKAGES or HOME}/.nuget/packages}"; }

# Says what a first build downloads; the sizes are those of the packages for linux-x64.
announce_download() {
    local packages
    packages="$(packages_folder)"
    [[ -d "$packages/microsoft.ml.onnxruntime" ]] || say "the first build downloads its NuGet packages, about 370 MB (SkiaSharp 170 with the libraries of other systems, ONNX Runtime 155), into $packages"
    [[ "$1" == serve || -d "$packages/libtorch-cpu-linux-x64" || "$(uname -sm)" != "Linux x86_64" ]] || say "and libtorch, about 130 MB, for fold, train and their tests"
}

# Builds one project, quietly, unless nothing that it is made of has changed since it, or everything, was last built.
build_app() {
    local project="$1" folder=src stamp
    [[ -d "$root/src/$project" ]] || folder=tests
    if [[ -x "$(app_path "$project" "$2")" ]]; then
        for stamp in "$root/artifacts/$project.built" "$root/artifacts/solution.built"; do
            [[ -f "$stamp" ]] && unchanged_since "$stamp" "$folder" && return
        done
    fi
    announce_download "$([[ "$project" == DiTask.Api ]] && echo serve || echo all)"
    say "building $project"
    dotnet_build "$root/$folder/$project/$project.csproj" "$root/artifacts/$project.built"
}

unchanged_since() {
    [[ -z "$(find "$root"/{src,tools,eng,"$2"} "$root"/Directory.* "$root/global.json" -newer "$1" -print -quit)" ]]
}

build_all() {
    announce_download all
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
    if ! (cd "$root" && dotnet build "$1" -c Release -v m --nologo </dev/null >"$log" 2>&1); then
        grep -E '(error|warning) [A-Z]+[0-9]+' "$log" | sort -u >&2 || tail -n 40 "$log" >&2
        rm -f "$log"
        fail "the build failed"
    fi
    # Advisories about packages are warnings, and the native library that was adapted is named once.
    { grep -E 'warning NU19' "$log" | sort -u || true; sed -n 's/^ *\(libLibTorchSharp.so: .*\)/ditask: \1/p' "$log"; } >&2
    rm -f "$log"
    mv -f "$2.begun" "$2"
}
