#include "guarded.h"

using namespace ditask;

namespace {
at::Tensor with_grad(at::Tensor x, const dt_options* from) {
    return from->requires_grad != 0 ? x.set_requires_grad(true) : x;
}
} // namespace

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

int dt_rand(const int64_t* sizes, int64_t dimensions, const dt_options* from, dt_new* result) {
    return guarded_new(result, [&] { return with_grad(at::rand(list(sizes, dimensions), options(from)), from); });
}

int dt_randn(const int64_t* sizes, int64_t dimensions, const dt_options* from, dt_new* result) {
    return guarded_new(result, [&] { return with_grad(at::randn(list(sizes, dimensions), options(from)), from); });
}

int dt_arange(const dt_scalar* start, const dt_scalar* stop, const dt_scalar* step, const dt_options* from, dt_new* result) {
    return guarded_new(result, [&] { return with_grad(at::arange(scalar(start), scalar(stop), scalar(step), options(from)), from); });
}

int dt_eye(int64_t rows, int64_t columns, const dt_options* from, dt_new* result) {
    return guarded_new(result, [&] { return with_grad(at::eye(rows, columns, options(from)), from); });
}
