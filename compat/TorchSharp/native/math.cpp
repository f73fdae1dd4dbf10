#include "guarded.h"

using namespace ditask;

#define DT_DEFINE(name) \
    int dt_##name(const dt_tensor* x, dt_new* result) { return guarded_new(result, [&] { return at::name(ref(x)); }); }
DT_UNARY_OPERATIONS(DT_DEFINE)
#undef DT_DEFINE

int dt_add(const dt_tensor* a, const dt_tensor* b, const dt_scalar* alpha, dt_new* result) {
    return guarded_new(result, [&] { return at::add(ref(a), ref(b), scalar(alpha)); });
}

int dt_add_scalar(const dt_tensor* a, const dt_scalar* b, const dt_scalar* alpha, dt_new* result) {
    return guarded_new(result, [&] { return at::add(ref(a), scalar(b), scalar(alpha)); });
}

int dt_sub(const dt_tensor* a, const dt_tensor* b, dt_new* result) {
    return guarded_new(result, [&] { return at::sub(ref(a), ref(b)); });
}

int dt_sub_scalar(const dt_tensor* a, const dt_scalar* b, dt_new* result) {
    return guarded_new(result, [&] { return at::sub(ref(a), scalar(b)); });
}

int dt_mul(const dt_tensor* a, const dt_tensor* b, dt_new* result) {
    return guarded_new(result, [&] { return at::mul(ref(a), ref(b)); });
}

int dt_mul_scalar(const dt_tensor* a, const dt_scalar* b, dt_new* result) {
    return guarded_new(result, [&] { return at::mul(ref(a), scalar(b)); });
}

int dt_div(const dt_tensor* a, const dt_tensor* b, dt_new* result) {
    return guarded_new(result, [&] { return at::div(ref(a), ref(b)); });
}

int dt_div_scalar(const dt_tensor* a, const dt_scalar* b, dt_new* result) {
    return guarded_new(result, [&] { return at::div(ref(a), scalar(b)); });
}

int dt_pow(const dt_tensor* a, const dt_tensor* b, dt_new* result) {
    return guarded_new(result, [&] { return at::pow(ref(a), ref(b)); });
}

int dt_pow_scalar(const dt_tensor* a, const dt_scalar* b, dt_new* result) {
    return guarded_new(result, [&] { return at::pow(ref(a), scalar(b)); });
}

int dt_maximum(const dt_tensor* a, const dt_tensor* b, dt_new* result) {
    return guarded_new(result, [&] { return at::maximum(ref(a), ref(b)); });
}

int dt_minimum(const dt_tensor* a, const dt_tensor* b, dt_new* result) {
    return guarded_new(result, [&] { return at::minimum(ref(a), ref(b)); });
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

int dt_argmax(const dt_tensor* x, dt_new* result) {
    return guarded_new(result, [&] { return at::argmax(ref(x)); });
}

int dt_argmax_axis(const dt_tensor* x, int64_t axis, int32_t keep, dt_new* result) {
    return guarded_new(result, [&] { return at::argmax(ref(x), axis, keep != 0); });
}

int dt_searchsorted(const dt_tensor* sorted, const dt_tensor* values, int32_t out_int32, int32_t right, dt_new* result) {
    return guarded_new(result, [&] { return at::searchsorted(ref(sorted), ref(values), out_int32 != 0, right != 0); });
}

int dt_softmax(const dt_tensor* x, int64_t axis, int32_t dtype, dt_new* result) {
    return guarded_new(result, [&] { return at::softmax(ref(x), axis, maybe_dtype(dtype)); });
}
