#!/usr/bin/env bash
# Builds everything, checks the scripts, runs every test project. Options: see ./ditask test --help.
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
# shellcheck source=eng/common.sh
source "$root/eng/common.sh"
# shellcheck source=eng/build.sh
source "$root/eng/build.sh"
# shellcheck source=eng/setup.sh
source "$root/eng/setup.sh"

slow=false
filter=""
while (($#)); do
    case "$1" in
    --slow) slow=true ;;
    --filter)
        (($# > 1)) || fail "--filter needs a value"
        filter="$2"
        shift
        ;;
    --filter=*) filter="${1#--filter=}" ;;
    *) fail "test knows --slow and --filter X; got '$1'" ;;
    esac
    shift
done

conditions=()
if [[ -n "$filter" ]]; then
    [[ "$filter" == *[=~]* ]] || filter="FullyQualifiedName~$filter"
    conditions+=("($filter)")
fi
$slow || conditions+=("(Category!=Slow)")
expression="$(IFS='&' && echo "${conditions[*]-}")"

cd "$root"
broken=()

scripts=(ditask .ci/run)
while IFS= read -r script; do scripts+=("$script"); done < <(find eng docker -name '*.sh' | sort)
for script in "${scripts[@]}"; do
    bash -n "$script" || broken+=("$script")
done
if have shellcheck; then
    shellcheck -x -S warning "${scripts[@]}" || broken+=(shellcheck)
fi

need_dotnet
find_promtool || true
build_all

# Each host that a test starts would watch its settings files; a user may have only so many watches.
export DOTNET_hostBuilder__reloadConfigOnChange=false

results="$root/artifacts/test-results"
rm -rf "$results"
passed=0
failed=0
skipped=0
skips="$results/skipped.txt"
mkdir -p "$results"
: >"$skips"

# Adds the results of $1; a run that found no test wrote none.
count_results() {
    local counters
    counters="$(grep -o '<Counters [^>]*>' "$results/$1.trx" 2>/dev/null || true)"
    count() { sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" <<<"$counters" | grep . || echo 0; }
    ((passed += $(count passed))) || true
    ((failed += $(count executed) - $(count passed))) || true
    ((skipped += $(count total) - $(count executed))) || true
    sed -n 's/.*testName="\([^"]*\)".*outcome="NotExecuted".*/\1/p' "$results/$1.trx"  2>/dev/null >>"$skips" || true
}

for project in tests/*.Tests; do
    name="$(basename "$project")"
    say "testing $name"
    arguments=(--no-build -c Release --nologo --results-directory "$results" --logger "trx;LogFileName=$name.trx"
        --logger "console;verbosity=minimal" --blame-hang-timeout 20m --blame-hang-dump-type none)
    [[ -z "$expression" ]] || arguments+=(--filter "$expression")
    dotnet test "$project/$name.csproj" "${arguments[@]}" </dev/null |
        sed -E '/^(Test run for|A total of|Data collector|Results File:|$)/d' || broken+=("$name")

    count_results "$name"
done

# CI has installed what every test needs: there, a skipped test is a failure unless it is listed with its reason.
if [[ "${CI:-}" == true && -z "$filter" ]]; then
    unlisted="$(sed 's/(.*//' "$skips" | sort -u | grep -vxF -f <(sed 's/ *#.*//; /^$/d' "$root/eng/ci-skips.txt") || true)"
    [[ -z "$unlisted" ]] || { say "skipped, and not listed in eng/ci-skips.txt:"$'\n'"$unlisted"; broken+=("skipped tests"); }
fi

# The other ONNX Runtime: its package restores and builds, its CPU provider passes the tests of inference, and without CUDA it falls back.
if [[ "${CI:-}" == true && -z "$filter" ]]; then
    say "testing inference with ONNX Runtime for CUDA"
    gpu=(tests/DiTask.Model.Tests/DiTask.Model.Tests.csproj -c Release --nologo -p:OnnxRuntime=gpu -p:RunAnalyzers=false)
    if dotnet build "${gpu[@]}" -v q </dev/null >"$results/gpu-build.log" 2>&1; then
        dotnet test "${gpu[@]}" --no-build --filter "FullyQualifiedName~.Inference." --results-directory "$results" --logger "trx;LogFileName=gpu.trx" </dev/null >"$results/gpu-test.log" 2>&1 ||
            { tail -n 40 "$results/gpu-test.log"; broken+=("ONNX Runtime for CUDA"); }
        count_results gpu
    else
        tail -n 20 "$results/gpu-build.log"
        broken+=("build with ONNX Runtime for CUDA")
    fi
fi

# A benchmark that nobody runs is soon broken: each runs its smallest case once.
if [[ -z "$filter" ]]; then
    say "trying the benchmarks"
    DITASK_CLI="$(app_path DiTask.Cli ditask)"
    DITASK_API="$(app_path DiTask.Api DiTask.Api)"
    export DITASK_CLI DITASK_API
    for benchmark in fold tasks stages train rows overhead saturation overload soak disconnects slow kills swaps; do
        "$(app_path DiTask.Benchmarks DiTask.Benchmarks)" "$benchmark" --test >"$results/bench-$benchmark.log" 2>&1 ||
            { tail -n 20 "$results/bench-$benchmark.log"; broken+=("bench $benchmark"); }
    done
fi

status=0
if ((${#broken[@]})); then
    say "failed: ${broken[*]}"
    status=1
fi
if ((passed + failed == 0)); then
    say "no test ran"
    status=1
fi
((failed == 0)) || status=1
echo "$passed passed, $failed failed, $skipped skipped"
exit "$status"
