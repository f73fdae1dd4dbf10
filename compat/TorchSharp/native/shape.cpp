#include "guarded.h"

using namespace ditask;

int dt_reshape(const dt_tensor* x, const int64_t* sizes, int64_t dimensions, dt_new* result) {
    return guarded_new(result, [&] { return ref(x).reshape(list(sizes, dimensions)); });
}

int dt_view(const dt_tensor* x, const int64_t* sizes, int64_t dimensions, dt_new* result) {
    return guarded_new(result, [&] { return ref(x).view(list(sizes, dimensions)); });
}

int dt_expand(const dt_tensor* x, const int64_t* sizes, int64_t dimensions, dt_new* result) {
    return guarded_new(result, [&] { return ref(x).expand(list(sizes, dimensions)); });
}

int dt_repeat(const dt_tensor* x, const int64_t* repeats, int64_t dimensions, dt_new* result) {
    return guarded_new(result, [&] { return ref(x).repeat(list(repeats, dimensions)); });
}

int dt_permute(const dt_tensor* x, const int64_t* axes, int64_t dimensions, dt_new* result) {
    return guarded_new(result, [&] { return ref(x).permute(list(axes, dimensions)); });
}

int dt_flip(const dt_tensor* x, const int64_t* axes, int64_t count, dt_new* result) {
    return guarded_new(result, [&] { return ref(x).flip(list(axes, count)); });
}

int dt_roll(const dt_tensor* x, const int64_t* shifts, int64_t shift_count, const int64_t* axes, int64_t axis_count, dt_new* result) {
    return guarded_new(result, [&] { return ref(x).roll(list(shifts, shift_count), list(axes, axis_count)); });
}

int dt_transpose(const dt_tensor* x, int64_t axis0, int64_t axis1, dt_new* result) {
    return guarded_new(result, [&] { return ref(x).transpose(axis0, axis1); });
}

int dt_flatten(const dt_tensor* x, int64_t start_axis, int64_t end_axis, dt_new* result) {
    return guarded_new(result, [&] { return ref(x).flatten(start_axis, end_axis); });
}

int dt_unsqueeze(const dt_tensor* x, int64_t axis, dt_new* result) {
    return guarded_new(result, [&] { return ref(x).unsqueeze(axis); });
}

int dt_squeeze(const dt_tensor* x, dt_new* result) {
    return guarded_new(result, [&] { return ref(x).squeeze(); });
}

int dt_squeeze_axis(const dt_tensor* x, int64_t axis, dt_new* result) {
    return guarded_new(result, [&] { return ref(x).squeeze(axis); });
}

int dt_narrow(const dt_tensor* x, int64_t axis, int64_t start, int64_t length, dt_new* result) {
    return guarded_new(result, [&] { return ref(x).narrow(axis, start, length); });
}

int dt_slice(const dt_tensor* x, int64_t axis, int64_t start, int64_t end, int64_t step, dt_new* result) {
    return guarded_new(result, [&] { return ref(x).slice(axis, start, end, step); });
}

int dt_select(const dt_tensor* x, int64_t axis, int64_t index, dt_new* result) {
    return guarded_new(result, [&] { return ref(x).select(axis, index); });
}

int dt_index_select(const dt_tensor* x, int64_t axis, const dt_tensor* index, dt_new* result) {
    return guarded_new(result, [&] { return ref(x).index_select(axis, ref(index)); });
}

int dt_cat(const dt_tensor* const* parts, int64_t count, int64_t axis, dt_new* result) {
    return guarded_new(result, [&] { return at::cat(tensors(parts, count), axis); });
}

int dt_stack(const dt_tensor* const* parts, int64_t count, int64_t axis, dt_new* result) {
    return guarded_new(result, [&] { return at::stack(tensors(parts, count), axis); });
}

int dt_diag(const dt_tensor* x, int64_t diagonal, dt_new* result) {
    return guarded_new(result, [&] { return ref(x).diag(diagonal); });
}

int dt_where(const dt_tensor* condition, const dt_tensor* a, const dt_tensor* b, dt_new* result) {
    return guarded_new(result, [&] { return at::where(ref(condition), ref(a), ref(b)); });
}
