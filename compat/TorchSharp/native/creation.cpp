#include "guarded.h"

using namespace ditask;

int dt_from_data(const void* data, int64_t elements, int32_t data_dtype, const int64_t* sizes, int64_t dimensions,
                 const dt_options* from, dt_new* result) {
    return guarded_new(result, [&] {
        at::Tensor x = at::empty(list(sizes, dimensions), at::TensorOptions().dtype(static_cast<at::ScalarType>(data_dtype)));
        TORCH_CHECK(x.numel() <= elements, "shape ", x.sizes(), " needs ", x.numel(), " elements, the data have ", elements);
        const char* bytes = static_cast<const char*>(data);
        std::copy(bytes, bytes + x.nbytes(), static_cast<char*>(x.data_ptr()));
        return with_grad(x.to(options(from)), from);
    });
}

int dt_empty(const int64_t* sizes, int64_t dimensions, const dt_options* from, dt_new* result) {
    return guarded_new(result, [&] { return with_grad(at::empty(list(sizes, dimensions), options(from)), from); });
}

int dt_full(const int64_t* sizes, int64_t dimensions, const dt_scalar* value, const dt_options* from, dt_new* result) {
    return guarded_new(result, [&] { return with_grad(at::full(list(sizes, dimensions), scalar(value), options(from)), from); });
}

int dt_arange(const dt_scalar* start, const dt_scalar* stop, const dt_scalar* step, const dt_options* from, dt_new* result) {
    return guarded_new(result, [&] { return with_grad(at::arange(scalar(start), scalar(stop), scalar(step), options(from)), from); });
}

int dt_linspace(double start, double end, int64_t steps, const dt_options* from, dt_new* result) {
    return guarded_new(result, [&] { return with_grad(at::linspace(start, end, steps, options(from)), from); });
}

int dt_eye(int64_t rows, int64_t columns, const dt_options* from, dt_new* result) {
    return guarded_new(result, [&] { return with_grad(at::eye(rows, columns, options(from)), from); });
}

int dt_full_like(const dt_tensor* x, const dt_scalar* value, const dt_options* from, dt_new* result) {
    return guarded_new(result, [&] { return with_grad(at::full_like(ref(x), scalar(value), options(from)), from); });
}
