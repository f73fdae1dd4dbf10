/*
 * C interface to the part of libtorch that compat/TorchSharp uses. This header is the contract: the C++ files include it,
 * compat/TorchSharp/Raw/Native*.cs repeats it, and a hash of this file, compiled into the library, tells when the two differ.
 *
 * Every function returns 0, or -1 after an exception; dt_last_error() then holds its text until the thread's next failure.
 * A tensor that a function hands out belongs to the caller, who frees it with dt_free. Optional tensors may be null, and so
 * may generators: null is the device's default one. Names that end in _ change their first tensor.
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
typedef struct dt_generator dt_generator;

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
DT_API int dt_cuda_is_available(int32_t* available);
DT_API int dt_cuda_device_count(int32_t* count);
DT_API int dt_cuda_manual_seed(int64_t seed);
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
DT_API int dt_equal(const dt_tensor* a, const dt_tensor* b, int32_t* result);
DT_API int dt_allclose(const dt_tensor* a, const dt_tensor* b, double rtol, double atol, int32_t equal_nan, int32_t* result);

/* creation.cpp */
DT_API int dt_from_data(const void* data, int64_t elements, int32_t data_dtype, const int64_t* sizes, int64_t dimensions,
                        const dt_options* options, dt_new* result);
DT_API int dt_empty(const int64_t* sizes, int64_t dimensions, const dt_options* options, dt_new* result);
DT_API int dt_full(const int64_t* sizes, int64_t dimensions, const dt_scalar* value, const dt_options* options, dt_new* result);
DT_API int dt_arange(const dt_scalar* start, const dt_scalar* stop, const dt_scalar* step, const dt_options* options, dt_new* result);
DT_API int dt_linspace(double start, double end, int64_t steps, const dt_options* options, dt_new* result);
DT_API int dt_eye(int64_t rows, int64_t columns, const dt_options* options, dt_new* result);
DT_API int dt_full_like(const dt_tensor* x, const dt_scalar* value, const dt_options* options, dt_new* result);

/* random.cpp */
DT_API int dt_generator_new(uint64_t seed, int32_t device_type, int32_t device_index, dt_generator** result);
DT_API int dt_generator_default(dt_generator** result);
DT_API void dt_generator_free(dt_generator* generator);
DT_API int dt_generator_manual_seed(dt_generator* generator, int64_t seed);
DT_API int dt_rand(const int64_t* sizes, int64_t dimensions, dt_generator* generator, const dt_options* options, dt_new* result);

/* autograd.cpp */
DT_API int dt_backward(const dt_tensor* const* tensors, int64_t count, const dt_tensor* const* gradients, int64_t gradient_count,
                       int32_t retain_graph, int32_t create_graph, const dt_tensor* const* inputs, int64_t input_count);
/* Writes one result per input; its tensor is null where allow_unused let an input without gradient pass. */
DT_API int dt_autograd_grad(const dt_tensor* const* outputs, int64_t output_count, const dt_tensor* const* inputs, int64_t input_count,
                            const dt_tensor* const* gradients, int64_t gradient_count, int32_t retain_graph, int32_t create_graph,
                            int32_t allow_unused, dt_new* results);
/* The tensor of the result is null when there is no gradient. */
DT_API int dt_grad(const dt_tensor* x, dt_new* result);
DT_API int dt_set_grad(dt_tensor* x, const dt_tensor* gradient);
DT_API int dt_clip_grad_norm_(const dt_tensor* const* parameters, int64_t count, double max_norm, double norm_type, double* norm);

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
DT_API int dt_where(const dt_tensor* condition, const dt_tensor* a, const dt_tensor* b, dt_new* result);

/* math.cpp */
#define DT_UNARY_OPERATIONS(X) \
    X(neg) X(abs) X(sign) X(exp) X(log) X(log1p) X(sqrt) X(rsqrt) X(reciprocal) X(sin) X(cos) X(floor) X(round) X(tanh) X(sigmoid) X(relu) \
    X(gelu) X(isfinite)
#define DT_DECLARE(name) DT_API int dt_##name(const dt_tensor* x, dt_new* result);
DT_UNARY_OPERATIONS(DT_DECLARE)
#undef DT_DECLARE

#define DT_BINARY_OPERATIONS(X) \
    X(maximum) X(minimum) X(masked_select) X(matmul) X(mm) X(dot) X(outer)
#define DT_DECLARE(name) DT_API int dt_##name(const dt_tensor* a, const dt_tensor* b, dt_new* result);
DT_BINARY_OPERATIONS(DT_DECLARE)
#undef DT_DECLARE

#define DT_TENSOR_OR_SCALAR_OPERATIONS(X) \
    X(sub) X(mul) X(div) X(pow) X(eq) X(ne) X(lt) X(le) X(gt) X(ge)
#define DT_DECLARE(name) \
    DT_API int dt_##name(const dt_tensor* a, const dt_tensor* b, dt_new* result); \
    DT_API int dt_##name##_scalar(const dt_tensor* a, const dt_scalar* b, dt_new* result);
DT_TENSOR_OR_SCALAR_OPERATIONS(DT_DECLARE)
#undef DT_DECLARE

#define DT_INPLACE_TENSOR_OR_SCALAR_OPERATIONS(X) X(sub) X(mul)
#define DT_DECLARE(name) \
    DT_API int dt_##name##_(dt_tensor* a, const dt_tensor* b); \
    DT_API int dt_##name##_scalar_(dt_tensor* a, const dt_scalar* b);
DT_INPLACE_TENSOR_OR_SCALAR_OPERATIONS(DT_DECLARE)
#undef DT_DECLARE

DT_API int dt_add(const dt_tensor* a, const dt_tensor* b, const dt_scalar* alpha, dt_new* result);
DT_API int dt_add_scalar(const dt_tensor* a, const dt_scalar* b, const dt_scalar* alpha, dt_new* result);
DT_API int dt_add_(dt_tensor* a, const dt_tensor* b, const dt_scalar* alpha);
DT_API int dt_add_scalar_(dt_tensor* a, const dt_scalar* b, const dt_scalar* alpha);
DT_API int dt_addcmul_(dt_tensor* x, const dt_tensor* a, const dt_tensor* b, const dt_scalar* value);
DT_API int dt_addcdiv_(dt_tensor* x, const dt_tensor* a, const dt_tensor* b, const dt_scalar* value);
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
DT_API int dt_all_axis(const dt_tensor* x, int64_t axis, int32_t keep, dt_new* result);
DT_API int dt_any(const dt_tensor* x, dt_new* result);
DT_API int dt_any_axis(const dt_tensor* x, int64_t axis, int32_t keep, dt_new* result);
DT_API int dt_var(const dt_tensor* x, int32_t unbiased, dt_new* result);
DT_API int dt_var_axes(const dt_tensor* x, const int64_t* axes, int64_t count, int32_t unbiased, int32_t keep, dt_new* result);
DT_API int dt_norm(const dt_tensor* x, double p, dt_new* result);
DT_API int dt_norm_axis(const dt_tensor* x, int64_t axis, int32_t keep, double p, dt_new* result);
DT_API int dt_softmax(const dt_tensor* x, int64_t axis, int32_t dtype, dt_new* result);

/* linalg.cpp */
DT_API int dt_linalg_svd(const dt_tensor* x, int32_t full_matrices, dt_new* u, dt_new* s, dt_new* vh);
/* a s = b; with left 0, s a = b. */
DT_API int dt_linalg_solve(const dt_tensor* a, const dt_tensor* b, int32_t left, dt_new* result);

/* nn.cpp */
DT_API int dt_linear(const dt_tensor* x, const dt_tensor* weight, const dt_tensor* bias, dt_new* result);
DT_API int dt_conv2d(const dt_tensor* x, const dt_tensor* weight, const dt_tensor* bias, const int64_t* strides, int64_t stride_count,
                     const int64_t* padding, int64_t padding_count, const int64_t* dilation, int64_t dilation_count, int64_t groups,
                     dt_new* result);
DT_API int dt_layer_norm(const dt_tensor* x, const int64_t* normalized_shape, int64_t dimensions, const dt_tensor* weight,
                         const dt_tensor* bias, double eps, dt_new* result);
DT_API int dt_batch_norm(const dt_tensor* x, const dt_tensor* mean, const dt_tensor* variance, const dt_tensor* weight,
                         const dt_tensor* bias, int32_t training, double momentum, double eps, dt_new* result);
DT_API int dt_avg_pool2d(const dt_tensor* x, const int64_t* kernel, int64_t kernel_count, const int64_t* strides, int64_t stride_count,
                         const int64_t* padding, int64_t padding_count, int32_t ceil_mode, int32_t count_include_pad, dt_new* result);
DT_API int dt_dropout(dt_tensor* x, double p, int32_t training, int32_t inplace, dt_new* result);
DT_API int dt_normalize(const dt_tensor* x, double p, int64_t axis, double eps, dt_new* result);
DT_API int dt_upsample_nearest2d(const dt_tensor* x, const int64_t* size, dt_new* result);
DT_API int dt_upsample_bilinear2d(const dt_tensor* x, const int64_t* size, int32_t align_corners, dt_new* result);

/* loss.cpp; reduction 0: none, 1: mean, 2: sum */
DT_API int dt_cross_entropy(const dt_tensor* x, const dt_tensor* target, const dt_tensor* weight, int64_t ignore_index, int64_t reduction,
                            double label_smoothing, dt_new* result);
DT_API int dt_binary_cross_entropy_with_logits(const dt_tensor* x, const dt_tensor* target, const dt_tensor* weight,
                                               const dt_tensor* positive_weight, int64_t reduction, dt_new* result);

#ifdef __cplusplus
}
#endif

#endif
