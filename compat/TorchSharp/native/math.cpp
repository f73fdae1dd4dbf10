#include "guarded.h"

using namespace ditask;

#define DT_DEFINE(name) \
    int dt_##name(const dt_tensor* x, dt_new* result) { return guarded_new(result, [&] { return at::name(ref(x)); }); }
DT_UNARY_OPERATIONS(DT_DEFINE)
#undef DT_DEFINE

#define DT_DEFINE(name) \
    int dt_##name(const dt_tensor* a, const dt_tensor* b, dt_new* result) { \
        return guarded_new(result, [&] { return at::name(ref(a), ref(b)); }); \
    }
DT_BINARY_OPERATIONS(DT_DEFINE)
#undef DT_DEFINE

#define DT_DEFINE(name) \
    int dt_##name(const dt_tensor* a, const dt_tensor* b, dt_new* result) { \
        return guarded_new(result, [&] { return at::name(ref(a), ref(b)); }); \
    } \
    int dt_##name##_scalar(const dt_tensor* a, const dt_scalar* b, dt_new* result) { \
        return guarded_new(result, [&] { return at::name(ref(a), scalar(b)); }); \
    }
DT_TENSOR_OR_SCALAR_OPERATIONS(DT_DEFINE)
#undef DT_DEFINE

#define DT_DEFINE(name) \
    int dt_##name##_(dt_tensor* a, const dt_tensor* b) { return guarded([&] { ref(a).name##_(ref(b)); }); } \
    int dt_##name##_scalar_(dt_tensor* a, const dt_scalar* b) { return guarded([&] { ref(a).name##_(scalar(b)); }); }
DT_INPLACE_TENSOR_OR_SCALAR_OPERATIONS(DT_DEFINE)
#undef DT_DEFINE

int dt_add(const dt_tensor* a, const dt_tensor* b, const dt_scalar* alpha, dt_new* result) {
    return guarded_new(result, [&] { return at::add(ref(a), ref(b), scalar(alpha)); });
}

int dt_add_scalar(const dt_tensor* a, const dt_scalar* b, const dt_scalar* alpha, dt_new* result) {
    return guarded_new(result, [&] { return at::add(ref(a), scalar(b), scalar(alpha)); });
}

int dt_add_(dt_tensor* a, const dt_tensor* b, const dt_scalar* alpha) {
    return guarded([&] { ref(a).add_(ref(b), scalar(alpha)); });
}

int dt_add_scalar_(dt_tensor* a, const dt_scalar* b, const dt_scalar* alpha) {
    return guarded([&] { ref(a).add_(scalar(b), scalar(alpha)); });
}

int dt_addcmul_(dt_tensor* x, const dt_tensor* a, const dt_tensor* b, const dt_scalar* value) {
    return guarded([&] { ref(x).addcmul_(ref(a), ref(b), scalar(value)); });
}

int dt_addcdiv_(dt_tensor* x, const dt_tensor* a, const dt_tensor* b, const dt_scalar* value) {
    return guarded([&] { ref(x).addcdiv_(ref(a), ref(b), scalar(value)); });
}

int dt_clamp(const dt_tensor* x, const dt_scalar* min, const dt_scalar* max, dt_new* result) {
    return guarded_new(result, [&] { return at::clamp(ref(x), maybe_scalar(min), maybe_scalar(max)); });
}

int dt_sum(const dt_tensor* x, int32_t dtype, dt_new* result) {
    return guarded_new(result, [&] { return at::sum(ref(x), maybe_dtype(dtype)); });
}

int dt_sum_axes(const dt_tensor* x, const int64_t* axes, int64_t count, int32_t keep, int32_t dtype, dt_new* result) {
    return guarded_new(result, [&] { return at::sum(ref(x), list(axes, count), keep != 0, maybe_dtype(dtype)); });
}

int dt_mean(const dt_tensor* x, dt_new* result) {
    return guarded_new(result, [&] { return at::mean(ref(x)); });
}

int dt_mean_axes(const dt_tensor* x, const int64_t* axes, int64_t count, int32_t keep, int32_t dtype, dt_new* result) {
    return guarded_new(result, [&] { return at::mean(ref(x), list(axes, count), keep != 0, maybe_dtype(dtype)); });
}

int dt_max(const dt_tensor* x, dt_new* result) {
    return guarded_new(result, [&] { return at::max(ref(x)); });
}

int dt_min(const dt_tensor* x, dt_new* result) {
    return guarded_new(result, [&] { return at::min(ref(x)); });
}

int dt_max_axis(const dt_tensor* x, int64_t axis, int32_t keep, dt_new* values, dt_new* indices) {
    *indices = {nullptr, 0};
    return guarded_new(values, [&] {
        auto both = at::max(ref(x), axis, keep != 0);
        give(std::get<1>(both), indices);
        return std::get<0>(both);
    });
}

int dt_min_axis(const dt_tensor* x, int64_t axis, int32_t keep, dt_new* values, dt_new* indices) {
    *indices = {nullptr, 0};
    return guarded_new(values, [&] {
        auto both = at::min(ref(x), axis, keep != 0);
        give(std::get<1>(both), indices);
        return std::get<0>(both);
    });
}

int dt_all(const dt_tensor* x, dt_new* result) {
    return guarded_new(result, [&] { return at::all(ref(x)); });
}

int dt_all_axis(const dt_tensor* x, int64_t axis, int32_t keep, dt_new* result) {
    return guarded_new(result, [&] { return at::all(ref(x), axis, keep != 0); });
}

int dt_any(const dt_tensor* x, dt_new* result) {
    return guarded_new(result, [&] { return at::any(ref(x)); });
}

int dt_any_axis(const dt_tensor* x, int64_t axis, int32_t keep, dt_new* result) {
    return guarded_new(result, [&] { return at::any(ref(x), axis, keep != 0); });
}

int dt_var(const dt_tensor* x, int32_t unbiased, dt_new* result) {
    return guarded_new(result, [&] { return at::var(ref(x), unbiased != 0); });
}

int dt_var_axes(const dt_tensor* x, const int64_t* axes, int64_t count, int32_t unbiased, int32_t keep, dt_new* result) {
    return guarded_new(result, [&] { return at::var(ref(x), list(axes, count), unbiased != 0, keep != 0); });
}

int dt_norm(const dt_tensor* x, double p, dt_new* result) {
    return guarded_new(result, [&] { return at::norm(ref(x), p); });
}

int dt_norm_axis(const dt_tensor* x, int64_t axis, int32_t keep, double p, dt_new* result) {
    return guarded_new(result, [&] { return at::norm(ref(x), optional<at::Scalar>(p), at::IntArrayRef(axis), keep != 0); });
}

int dt_softmax(const dt_tensor* x, int64_t axis, int32_t dtype, dt_new* result) {
    return guarded_new(result, [&] { return at::softmax(ref(x), axis, maybe_dtype(dtype)); });
}
