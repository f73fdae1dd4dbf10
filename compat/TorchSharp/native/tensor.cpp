#include "guarded.h"

using namespace ditask;

void dt_free(dt_tensor* x) {
    guarded([&] { delete reinterpret_cast<at::Tensor*>(x); });
}

int dt_get_info(const dt_tensor* x, dt_info* info) {
    return guarded([&] {
        const at::Tensor& t = ref(x);
        info->dimensions = t.dim();
        info->elements = t.numel();
        info->element_bytes = static_cast<int64_t>(t.element_size());
        info->dtype = static_cast<int32_t>(t.scalar_type());
        info->device_type = static_cast<int32_t>(t.device().type());
        info->device_index = t.device().index();
        info->requires_grad = t.requires_grad();
        info->is_contiguous = t.is_contiguous();
        info->is_leaf = t.is_leaf();
    });
}

int dt_sizes(const dt_tensor* x, int64_t* sizes) {
    return guarded([&] { std::copy(ref(x).sizes().begin(), ref(x).sizes().end(), sizes); });
}

int dt_strides(const dt_tensor* x, int64_t* strides) {
    return guarded([&] { std::copy(ref(x).strides().begin(), ref(x).strides().end(), strides); });
}

int dt_data(const dt_tensor* x, void** data) {
    return guarded([&] { *data = ref(x).data_ptr(); });
}

int dt_set_requires_grad(dt_tensor* x, int32_t requires_grad) {
    return guarded([&] { ref(x).set_requires_grad(requires_grad != 0); });
}

int dt_alias(const dt_tensor* x, dt_new* result) {
    return guarded_new(result, [&] { return ref(x).alias(); });
}

int dt_detach(const dt_tensor* x, dt_new* result) {
    return guarded_new(result, [&] { return ref(x).detach(); });
}

int dt_clone(const dt_tensor* x, dt_new* result) {
    return guarded_new(result, [&] { return ref(x).clone(); });
}

int dt_contiguous(const dt_tensor* x, dt_new* result) {
    return guarded_new(result, [&] { return ref(x).contiguous(); });
}

int dt_to(const dt_tensor* x, int32_t dtype, int32_t device_type, int32_t device_index, int32_t copy, int32_t non_blocking,
          dt_new* result) {
    return guarded_new(result, [&] {
        return ref(x).to(device(device_type, device_index), static_cast<at::ScalarType>(dtype), non_blocking != 0, copy != 0);
    });
}

int dt_copy_(dt_tensor* x, const dt_tensor* source, int32_t non_blocking) {
    return guarded([&] { ref(x).copy_(ref(source), non_blocking != 0); });
}

int dt_fill_(dt_tensor* x, const dt_scalar* value) {
    return guarded([&] { ref(x).fill_(scalar(value)); });
}

int dt_equal(const dt_tensor* a, const dt_tensor* b, int32_t* result) {
    return guarded([&] { *result = at::equal(ref(a), ref(b)) ? 1 : 0; });
}

int dt_allclose(const dt_tensor* a, const dt_tensor* b, double rtol, double atol, int32_t equal_nan, int32_t* result) {
    return guarded([&] { *result = at::allclose(ref(a), ref(b), rtol, atol, equal_nan != 0) ? 1 : 0; });
}
