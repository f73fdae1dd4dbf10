#include "guarded.h"

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <c10/core/GradMode.h>
#include <c10/util/Logging.h>
#include <torch/cuda.h>

namespace {
thread_local std::string last_error;
}

void ditask::remember_error(const char* message) noexcept {
    try {
        last_error = message;
    } catch (...) {
        last_error.clear();
    }
}

const char* dt_last_error(void) { return last_error.c_str(); }

const char* dt_header_hash(void) { return DITASK_HEADER_HASH; }

int dt_initialize(void) {
    // A c10::Error collects a backtrace when it is thrown: milliseconds for text that nobody sees.
    return ditask::guarded([] { c10::SetStackTraceFetcher([]() -> std::string { return {}; }); });
}

int dt_set_num_threads(int32_t threads) {
    return ditask::guarded([&] {
        TORCH_CHECK(threads > 0, "expected a positive number of threads, got ", threads);
        at::set_num_threads(threads);
    });
}

int dt_get_num_threads(int32_t* threads) {
    return ditask::guarded([&] { *threads = at::get_num_threads(); });
}

int dt_cuda_is_available(int32_t* available) {
    return ditask::guarded([&] { *available = at::hasCUDA() ? 1 : 0; });
}

int dt_cuda_device_count(int32_t* count) {
    return ditask::guarded([&] { *count = static_cast<int32_t>(torch::cuda::device_count()); });
}

int dt_cuda_manual_seed(int64_t seed) {
    return ditask::guarded([&] { torch::cuda::manual_seed(static_cast<uint64_t>(seed)); });
}

int dt_set_grad_enabled(int32_t enabled) {
    return ditask::guarded([&] { c10::GradMode::set_enabled(enabled != 0); });
}

int dt_is_grad_enabled(int32_t* enabled) {
    return ditask::guarded([&] { *enabled = c10::GradMode::is_enabled() ? 1 : 0; });
}
