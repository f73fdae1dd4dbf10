/*
 * C interface to the part of libtorch that compat/TorchSharp uses. This header is the contract: the C++ files include it,
 * compat/TorchSharp/Raw/Native*.cs repeats it, and a hash of this file, compiled into the library, tells when the two differ.
 *
 * Every function returns 0, or -1 after an exception; dt_last_error() then holds its text until the thread's next failure.
 * A tensor that a function hands out belongs to the caller, who frees it with dt_free. Optional tensors may be null.
 */
#ifndef DITASK_TORCH_H
#define DITASK_TORCH_H

#include <stdint.h>

#if defined(_WIN32)
#define DT_API __declspec(dllexport)
#else
#define DT_API __attribute__((visibility("default")))
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct dt_tensor dt_tensor;

/* A new tensor and the bytes that it keeps alive, for the garbage collector's book-keeping. */
typedef struct {
    dt_tensor* tensor;
    int64_t bytes;
} dt_new;

typedef struct {
    int32_t dtype; /* at::ScalarType */
    int32_t device_type;
    int32_t device_index;
    int32_t requires_grad;
} dt_options;

enum { DT_SCALAR_NONE = 0, DT_SCALAR_REAL = 1, DT_SCALAR_INTEGER = 2, DT_SCALAR_BOOL = 3 };

typedef struct {
    int64_t kind;
    int64_t integer;
    double real;
} dt_scalar;

typedef struct {
    int64_t dimensions;
    int64_t elements;
    int64_t element_bytes;
    int32_t dtype;
    int32_t device_type;
    int32_t device_index;
    int32_t requires_grad;
    int32_t is_contiguous;
    int32_t is_leaf;
} dt_info;

/* runtime.cpp */
DT_API const char* dt_last_error(void);
DT_API const char* dt_header_hash(void);
DT_API int dt_initialize(void);
DT_API int dt_set_num_threads(int32_t threads);
DT_API int dt_get_num_threads(int32_t* threads);
DT_API int dt_manual_seed(int64_t seed);
DT_API int dt_cuda_is_available(int32_t* available);
DT_API int dt_set_grad_enabled(int32_t enabled);
DT_API int dt_is_grad_enabled(int32_t* enabled);

/* tensor.cpp */
DT_API void dt_free(dt_tensor* x);
DT_API int dt_get_info(const dt_tensor* x, dt_info* info);
DT_API int dt_sizes(const dt_tensor* x, int64_t* sizes);
DT_API int dt_strides(const dt_tensor* x, int64_t* strides);
DT_API int dt_data(const dt_tensor* x, void** data);
DT_API int dt_set_requires_grad(dt_tensor* x, int32_t requires_grad);
DT_API int dt_alias(const dt_tensor* x, dt_new* result);
DT_API int dt_detach(const dt_tensor* x, dt_new* result);
DT_API int dt_clone(const dt_tensor* x, dt_new* result);
DT_API int dt_contiguous(const dt_tensor* x, dt_new* result);
DT_API int dt_to(const dt_tensor* x, int32_t dtype, int32_t device_type, int32_t device_index, int32_t copy, int32_t non_blocking,
                 dt_new* result);
DT_API int dt_copy_(dt_tensor* x, const dt_tensor* source, int32_t non_blocking);
DT_API int dt_fill_(dt_tensor* x, const dt_scalar* value);
DT_API int dt_allclose(const dt_tensor* a, const dt_tensor* b, double rtol, double atol, int32_t equal_nan, int32_t* result);

/* creation.cpp */
DT_API int dt_from_data(const void* data, int64_t elements, int32_t data_dtype, const int64_t* sizes, int64_t dimensions,
                        const dt_options* options, dt_new* result);
DT_API int dt_empty(const int64_t* sizes, int64_t dimensions, const dt_options* options, dt_new* result);
DT_API int dt_full(const int64_t* sizes, int64_t dimensions, const dt_scalar* value, const dt_options* options, dt_new* result);
DT_API int dt_rand(const int64_t* sizes, int64_t dimensions, const dt_options* options, dt_new* result);
DT_API int dt_randn(const int64_t* sizes, int64_t dimensions, const dt_options* options, dt_new* result);
DT_API int dt_arange(const dt_scalar* start, const dt_scalar* stop, const dt_scalar* step, const dt_options* options, dt_new* result);
DT_API int dt_eye(int64_t rows, int64_t columns, const dt_options* options, dt_new* result);

/* shape.cpp */
DT_API int dt_reshape(const dt_tensor* x, const int64_t* sizes, int64_t dimensions, dt_new* result);
DT_API int dt_view(const dt_tensor* x, const int64_t* sizes, int64_t dimensions, dt_new* result);
DT_API int dt_expand(const dt_tensor* x, const int64_t* sizes, int64_t dimensions, dt_new* result);
DT_API int dt_repeat(const dt_tensor* x, const int64_t* repeats, int64_t dimensions, dt_new* result);
DT_API int dt_permute(const dt_tensor* x, const int64_t* axes, int64_t dimensions, dt_new* result);
DT_API int dt_flip(const dt_tensor* x, const int64_t* axes, int64_t count, dt_new* result);
DT_API int dt_roll(const dt_tensor* x, const int64_t* shifts, int64_t shift_count, const int64_t* axes, int64_t axis_count, dt_new* result);
DT_API int dt_transpose(const dt_tensor* x, int64_t axis0, int64_t axis1, dt_new* result);
DT_API int dt_flatten(const dt_tensor* x, int64_t start_axis, int64_t end_axis, dt_new* result);
DT_API int dt_unsqueeze(const dt_tensor* x, int64_t axis, dt_new* result);
DT_API int dt_squeeze(const dt_tensor* x, dt_new* result);
DT_API int dt_squeeze_axis(const dt_tensor* x, int64_t axis, dt_new* result);
DT_API int dt_narrow(const dt_tensor* x, int64_t axis, int64_t start, int64_t length, dt_new* result);
DT_API int dt_slice(const dt_tensor* x, int64_t axis, int64_t start, int64_t end, int64_t step, dt_new* result);
DT_API int dt_select(const dt_tensor* x, int64_t axis, int64_t index, dt_new* result);
DT_API int dt_index_select(const dt_tensor* x, int64_t axis, const dt_tensor* index, dt_new* result);
DT_API int dt_cat(const dt_tensor* const* parts, int64_t count, int64_t axis, dt_new* result);
DT_API int dt_stack(const dt_tensor* const* parts, int64_t count, int64_t axis, dt_new* result);
DT_API int dt_diag(const dt_tensor* x, int64_t diagonal, dt_new* result);

/* math.cpp */
#define DT_UNARY_OPERATIONS(X) \
    X(neg) X(abs) X(exp) X(log) X(sqrt) X(rsqrt) X(reciprocal) X(erf) X(floor) X(tanh) X(sigmoid) X(relu) X(gelu) X(isfinite)
#define DT_DECLARE(name) DT_API int dt_##name(const dt_tensor* x, dt_new* result);
DT_UNARY_OPERATIONS(DT_DECLARE)
#undef DT_DECLARE

DT_API int dt_add(const dt_tensor* a, const dt_tensor* b, const dt_scalar* alpha, dt_new* result);
DT_API int dt_add_scalar(const dt_tensor* a, const dt_scalar* b, const dt_scalar* alpha, dt_new* result);
DT_API int dt_sub(const dt_tensor* a, const dt_tensor* b, dt_new* result);
DT_API int dt_sub_scalar(const dt_tensor* a, const dt_scalar* b, dt_new* result);
DT_API int dt_mul(const dt_tensor* a, const dt_tensor* b, dt_new* result);
DT_API int dt_mul_scalar(const dt_tensor* a, const dt_scalar* b, dt_new* result);
DT_API int dt_div(const dt_tensor* a, const dt_tensor* b, dt_new* result);
DT_API int dt_div_scalar(const dt_tensor* a, const dt_scalar* b, dt_new* result);
DT_API int dt_pow(const dt_tensor* a, const dt_tensor* b, dt_new* result);
DT_API int dt_pow_scalar(const dt_tensor* a, const dt_scalar* b, dt_new* result);
DT_API int dt_maximum(const dt_tensor* a, const dt_tensor* b, dt_new* result);
DT_API int dt_minimum(const dt_tensor* a, const dt_tensor* b, dt_new* result);
DT_API int dt_clamp(const dt_tensor* x, const dt_scalar* min, const dt_scalar* max, dt_new* result);
/* dtype -1: that of x, or the default of the operation. */
DT_API int dt_sum(const dt_tensor* x, int32_t dtype, dt_new* result);
DT_API int dt_sum_axes(const dt_tensor* x, const int64_t* axes, int64_t count, int32_t keep, int32_t dtype, dt_new* result);
DT_API int dt_mean(const dt_tensor* x, dt_new* result);
DT_API int dt_mean_axes(const dt_tensor* x, const int64_t* axes, int64_t count, int32_t keep, int32_t dtype, dt_new* result);
DT_API int dt_max(const dt_tensor* x, dt_new* result);
DT_API int dt_min(const dt_tensor* x, dt_new* result);
DT_API int dt_max_axis(const dt_tensor* x, int64_t axis, int32_t keep, dt_new* values, dt_new* indices);
DT_API int dt_min_axis(const dt_tensor* x, int64_t axis, int32_t keep, dt_new* values, dt_new* indices);
DT_API int dt_all(const dt_tensor* x, dt_new* result);
DT_API int dt_argmax(const dt_tensor* x, dt_new* result);
DT_API int dt_argmax_axis(const dt_tensor* x, int64_t axis, int32_t keep, dt_new* result);
DT_API int dt_searchsorted(const dt_tensor* sorted, const dt_tensor* values, int32_t out_int32, int32_t right, dt_new* result);
DT_API int dt_softmax(const dt_tensor* x, int64_t axis, int32_t dtype, dt_new* result);

/* linalg.cpp */
DT_API int dt_matmul(const dt_tensor* a, const dt_tensor* b, dt_new* result);
DT_API int dt_linalg_svd(const dt_tensor* x, int32_t full_matrices, dt_new* u, dt_new* s, dt_new* vh);
DT_API int dt_linalg_svdvals(const dt_tensor* x, dt_new* result);

/* nn.cpp */
DT_API int dt_linear(const dt_tensor* x, const dt_tensor* weight, const dt_tensor* bias, dt_new* result);
DT_API int dt_conv2d(const dt_tensor* x, const dt_tensor* weight, const dt_tensor* bias, const int64_t* strides, int64_t stride_count,
                     const int64_t* padding, int64_t padding_count, const int64_t* dilation, int64_t dilation_count, int64_t groups,
                     dt_new* result);
DT_API int dt_layer_norm(const dt_tensor* x, const int64_t* normalized_shape, int64_t dimensions, const dt_tensor* weight,
                         const dt_tensor* bias, double eps, dt_new* result);
DT_API int dt_batch_norm(const dt_tensor* x, const dt_tensor* mean, const dt_tensor* variance, const dt_tensor* weight,
                         const dt_tensor* bias, int32_t training, double momentum, double eps, dt_new* result);
DT_API int dt_upsample_nearest2d(const dt_tensor* x, const int64_t* size, dt_new* result);
DT_API int dt_upsample_bilinear2d(const dt_tensor* x, const int64_t* size, int32_t align_corners, dt_new* result);

#ifdef __cplusplus
}
#endif

#endif
