# Shared by ./ditask and the scripts in eng/. Sourced with $root set.
# shellcheck shell=bash
: "${root:?}"

# What `serve` serves when nothing is named, and the photos to try it with.
# shellcheck disable=SC2034  # used by the scripts that source this
bundled_model="$root/models/ditask-synth"
# shellcheck disable=SC2034
samples="$root/models/samples"

# No program that the scripts start reports to its vendor.
export ORT_DISABLE_TELEMETRY=1
export DOTNET_CLI_TELEMETRY_OPTOUT=1
export DOTNET_NOLOGO=1
export DOTNET_CLI_WORKLOAD_UPDATE_NOTIFY_DISABLE=1

# libtorch's threads wait by spinning: on a busy machine a training step then takes ten times as long.
export OMP_WAIT_POLICY="${OMP_WAIT_POLICY:-PASSIVE}"

# A training step asks for the same large pieces of memory over and over. glibc gives each back to the system and gets it anew, page by page.
keep_memory() { export MALLOC_MMAP_THRESHOLD_="${MALLOC_MMAP_THRESHOLD_:-8589934592}" MALLOC_TRIM_THRESHOLD_="${MALLOC_TRIM_THRESHOLD_:-8589934592}"; }

have() { command -v "$1" >/dev/null 2>&1; }

say() { echo "ditask: $*" >&2; }

fail() {
    echo "ditask: $*" >&2
    exit 1
}

# Folded checkpoints and fetched tools.
cache_directory() {
    if [[ -n "${DITASK_CACHE:-}" ]]; then
        echo "$DITASK_CACHE"
    elif [[ -n "${XDG_CACHE_HOME:-}" ]]; then
        echo "$XDG_CACHE_HOME/ditask"
    else
        echo "${HOME:?set DITASK_CACHE, XDG_CACHE_HOME or HOME}/.cache/ditask"
    fi
}

product_version() { sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' "$root/Directory.Build.props"; }

# Where the build puts the program $2 of project $1.
app_path() { echo "$root/artifacts/bin/$1/release/$2"; }
