#include "guarded.h"

#include <ATen/Context.h>

using namespace ditask;

namespace {
at::Generator& ref(dt_generator* generator) {
    TORCH_CHECK(generator != nullptr, "a generator is missing");
    return *reinterpret_cast<at::Generator*>(generator);
}

optional<at::Generator> maybe(dt_generator* generator) {
    return generator == nullptr ? optional<at::Generator>() : optional<at::Generator>(ref(generator));
}

void give(at::Generator generator, dt_generator** result) {
    *result = reinterpret_cast<dt_generator*>(new at::Generator(std::move(generator)));
}

using ditask::ref;
} // namespace

int dt_generator_new(uint64_t seed, int32_t device_type, int32_t device_index, dt_generator** result) {
    *result = nullptr;
    return guarded([&] {
        // A copy of the default one: the same call for every kind of device, without the headers of any.
        at::Generator generator = at::globalContext().defaultGenerator(device(device_type, device_index)).clone();
        generator.set_current_seed(seed);
        give(std::move(generator), result);
    });
}

int dt_generator_default(dt_generator** result) {
    *result = nullptr;
    return guarded([&] { give(at::globalContext().defaultGenerator(at::kCPU), result); });
}

void dt_generator_free(dt_generator* generator) {
    guarded([&] { delete reinterpret_cast<at::Generator*>(generator); });
}

int dt_generator_manual_seed(dt_generator* generator, int64_t seed) {
    return guarded([&] {
        std::lock_guard<std::mutex> lock(ref(generator).mutex());
        ref(generator).set_current_seed(static_cast<uint64_t>(seed));
    });
}

int dt_rand(const int64_t* sizes, int64_t dimensions, dt_generator* generator, const dt_options* from, dt_new* result) {
    return guarded_new(result, [&] { return with_grad(at::rand(list(sizes, dimensions), maybe(generator), options(from)), from); });
}
