// Shared by the C++ files of the shim: the guard around every body, and conversions between C and ATen types.
#pragma once

#include "ditask_torch.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <exception>
#include <string>
#include <vector>

namespace ditask {

// libtorch 1.13 has c10::optional, later versions std::optional: take whichever class libtorch itself returns.
template <class> struct rebind;
template <template <class...> class Optional, class Value> struct rebind<Optional<Value>> {
    template <class T> using to = Optional<T>;
};
template <class T> using optional = typename rebind<decltype(at::TensorOptions().dtype_opt())>::template to<T>;

void remember_error(const char* message) noexcept;

// No C++ exception crosses the boundary, whatever its type. A c10::Error's what() appends a backtrace: leave that out.
template <class Body> int guarded(Body body) noexcept {
    try {
        body();
        return 0;
    } catch (const c10::Error& error) {
        remember_error(error.what_without_backtrace());
    } catch (const std::exception& error) {
        remember_error(error.what());
    } catch (...) {
        remember_error("unknown C++ exception");
    }
    return -1;
}

inline const at::Tensor& ref(const dt_tensor* x) {
    TORCH_CHECK(x != nullptr, "a tensor is missing");
    return *reinterpret_cast<const at::Tensor*>(x);
}

inline at::Tensor& ref(dt_tensor* x) {
    TORCH_CHECK(x != nullptr, "a tensor is missing");
    return *reinterpret_cast<at::Tensor*>(x);
}

inline optional<at::Tensor> maybe(const dt_tensor* x) {
    return x == nullptr ? optional<at::Tensor>() : optional<at::Tensor>(ref(x));
}

inline at::IntArrayRef list(const int64_t* values, int64_t count) {
    return count == 0 ? at::IntArrayRef() : at::IntArrayRef(values, static_cast<size_t>(count));
}

inline std::vector<at::Tensor> tensors(const dt_tensor* const* parts, int64_t count) {
    std::vector<at::Tensor> result;
    result.reserve(static_cast<size_t>(count));
    for (int64_t i = 0; i < count; ++i) {
        result.push_back(ref(parts[i]));
    }
    return result;
}

inline optional<at::ScalarType> maybe_dtype(int32_t dtype) {
    return dtype < 0 ? optional<at::ScalarType>() : optional<at::ScalarType>(static_cast<at::ScalarType>(dtype));
}

inline at::Device device(int32_t type, int32_t index) {
    return at::Device(static_cast<at::DeviceType>(type), static_cast<at::DeviceIndex>(index));
}

inline at::TensorOptions options(const dt_options* from) {
    return at::TensorOptions().dtype(static_cast<at::ScalarType>(from->dtype)).device(device(from->device_type, from->device_index));
}

inline at::Tensor with_grad(at::Tensor x, const dt_options* from) {
    return from->requires_grad != 0 ? x.set_requires_grad(true) : x;
}

inline at::Scalar scalar(const dt_scalar* from) {
    switch (from->kind) {
    case DT_SCALAR_REAL: return at::Scalar(from->real);
    case DT_SCALAR_INTEGER: return at::Scalar(from->integer);
    case DT_SCALAR_BOOL: return at::Scalar(from->integer != 0);
    default: TORCH_CHECK(false, "a scalar is missing");
    }
}

inline optional<at::Scalar> maybe_scalar(const dt_scalar* from) {
    return from->kind == DT_SCALAR_NONE ? optional<at::Scalar>() : optional<at::Scalar>(scalar(from));
}

// A view reports its own size, an expanded view not more than the storage behind it.
inline int64_t kept_bytes(const at::Tensor& x) {
    if (!x.has_storage()) {
        return 0;
    }
    return std::min<int64_t>(x.numel() * static_cast<int64_t>(x.element_size()), static_cast<int64_t>(x.storage().nbytes()));
}

inline void give(at::Tensor x, dt_new* result) {
    result->bytes = kept_bytes(x);
    result->tensor = reinterpret_cast<dt_tensor*>(new at::Tensor(std::move(x)));
}

// A body that computes one tensor.
template <class Body> int guarded_new(dt_new* result, Body body) noexcept {
    *result = {nullptr, 0};
    return guarded([&] { give(body(), result); });
}

} // namespace ditask
