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
typedef struct dt_node dt_node;
typedef struct dt_saved dt_saved;
typedef struct dt_gradients dt_gradients;

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

/*
 * The caller's part of an operation's backward pass: takes over the gradients of the outputs, and sets those of the inputs with
 * dt_gradients_set. Answers 0, or -1 after dt_fail. May run on a thread of libtorch. The node is good during the call only.
 */
typedef int32_t (*dt_backward_function)(void* state, const dt_node* node, const dt_new* gradients, int64_t count, dt_gradients* results);
typedef void (*dt_release_function)(void* state);

/* runtime.cpp */
DT_API const char* dt_last_error(void);
DT_API int dt_fail(const char* message);
DT_API const char* dt_header_hash(void);
DT_API int dt_initialize(void);
DT_API int dt_set_num_threads(int32_t threads);
DT_API int dt_get_num_threads(int32_t* threads);
DT_API int dt_cuda_is_available(int32_t* available);
DT_API int dt_cuda_device_count(int32_t* count);
DT_API int dt_cuda_manual_seed(int64_t seed);
DT_API int dt_cuda_manual_seed_all(int64_t seed);
DT_API int dt_cuda_synchronize(int64_t device_index);
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
DT_API int dt_empty_like(const dt_tensor* x, const dt_options* options, dt_new* result);
DT_API int dt_full_like(const dt_tensor* x, const dt_scalar* value, const dt_options* options, dt_new* result);
DT_API int dt_rand_like(const dt_tensor* x, const dt_options* options, dt_new* result);
DT_API int dt_randn_like(const dt_tensor* x, const dt_options* options, dt_new* result);

/* random.cpp */
DT_API int dt_generator_new(uint64_t seed, int32_t device_type, int32_t device_index, dt_generator** result);
DT_API int dt_generator_default(dt_generator** result);
DT_API void dt_generator_free(dt_generator* generator);
DT_API int dt_generator_manual_seed(dt_generator* generator, int64_t seed);
DT_API int dt_generator_initial_seed(dt_generator* generator, int64_t* seed);
DT_API int dt_generator_get_state(dt_generator* generator, dt_new* result);
DT_API int dt_generator_set_state(dt_generator* generator, const dt_tensor* state);
DT_API int dt_rand(const int64_t* sizes, int64_t dimensions, dt_generator* generator, const dt_options* options, dt_new* result);
DT_API int dt_randn(const int64_t* sizes, int64_t dimensions, dt_generator* generator, const dt_options* options, dt_new* result);
DT_API int dt_randint(int64_t low, int64_t high, const int64_t* sizes, int64_t dimensions, dt_generator* generator,
                      const dt_options* options, dt_new* result);
DT_API int dt_randperm(int64_t count, dt_generator* generator, const dt_options* options, dt_new* result);
DT_API int dt_uniform_(dt_tensor* x, double from, double to, dt_generator* generator);
DT_API int dt_normal_(dt_tensor* x, double mean, double std, dt_generator* generator);
DT_API int dt_bernoulli(const dt_tensor* x, dt_generator* generator, dt_new* result);
DT_API int dt_bernoulli_(dt_tensor* x, double p, dt_generator* generator);
DT_API int dt_bernoulli_tensor_(dt_tensor* x, const dt_tensor* p, dt_generator* generator);

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
DT_API int dt_retain_grad(dt_tensor* x);
DT_API int dt_node_new(dt_backward_function backward, dt_release_function release, void* state, const dt_tensor* const* inputs,
                       int64_t input_count, dt_node** result);
DT_API void dt_node_free(dt_node* node);
/* The output with the node behind it. */
DT_API int dt_node_attach(dt_node* node, const dt_tensor* output, dt_new* result);
DT_API int dt_gradients_set(dt_gradients* results, int64_t index, const dt_tensor* gradient);
DT_API int dt_saved_new(const dt_tensor* x, int32_t is_output, dt_saved** result);
DT_API void dt_saved_free(dt_saved* saved);
DT_API int dt_saved_unpack(dt_saved* saved, const dt_node* node, dt_new* result);
DT_API int dt_clip_grad_norm_(const dt_tensor* const* parameters, int64_t count, double max_norm, double norm_type, double* norm);
DT_API int dt_clip_grad_value_(const dt_tensor* const* parameters, int64_t count, double clip_value);

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
DT_API int dt_tril(const dt_tensor* x, int64_t diagonal, dt_new* result);
DT_API int dt_triu(const dt_tensor* x, int64_t diagonal, dt_new* result);
DT_API int dt_gather(const dt_tensor* x, int64_t axis, const dt_tensor* index, dt_new* result);
DT_API int dt_scatter(const dt_tensor* x, int64_t axis, const dt_tensor* index, const dt_tensor* source, dt_new* result);
DT_API int dt_scatter_(dt_tensor* x, int64_t axis, const dt_tensor* index, const dt_tensor* source);
DT_API int dt_scatter_add(const dt_tensor* x, int64_t axis, const dt_tensor* index, const dt_tensor* source, dt_new* result);
DT_API int dt_scatter_add_(dt_tensor* x, int64_t axis, const dt_tensor* index, const dt_tensor* source);
DT_API int dt_index_add(const dt_tensor* x, int64_t axis, const dt_tensor* index, const dt_tensor* source, const dt_scalar* alpha, dt_new* result);
DT_API int dt_index_add_(dt_tensor* x, int64_t axis, const dt_tensor* index, const dt_tensor* source, const dt_scalar* alpha);
DT_API int dt_where(const dt_tensor* condition, const dt_tensor* a, const dt_tensor* b, dt_new* result);
DT_API int dt_masked_fill(const dt_tensor* x, const dt_tensor* mask, const dt_scalar* value, dt_new* result);
DT_API int dt_masked_fill_(dt_tensor* x, const dt_tensor* mask, const dt_scalar* value);
DT_API int dt_one_hot(const dt_tensor* x, int64_t classes, dt_new* result);

/* math.cpp */
#define DT_UNARY_OPERATIONS(X) \
    X(neg) X(abs) X(sign) X(exp) X(expm1) X(log) X(log1p) X(sqrt) X(rsqrt) X(reciprocal) X(sin) X(cos) X(acos) X(atan) X(erf) X(erfinv) \
    X(floor) X(ceil) X(round) X(tanh) X(sigmoid) X(log_sigmoid) X(relu) X(gelu) X(silu) X(isfinite) X(isnan) X(isinf) X(logical_not) \
    X(nonzero)
#define DT_DECLARE(name) DT_API int dt_##name(const dt_tensor* x, dt_new* result);
DT_UNARY_OPERATIONS(DT_DECLARE)
#undef DT_DECLARE

#define DT_INPLACE_OPERATIONS(X) \
    X(detach) X(zero) X(neg) X(abs) X(exp) X(log) X(sqrt) X(rsqrt) X(reciprocal) X(erfinv) X(tanh) X(sigmoid) X(relu)
#define DT_DECLARE(name) DT_API int dt_##name##_(dt_tensor* x);
DT_INPLACE_OPERATIONS(DT_DECLARE)
#undef DT_DECLARE

#define DT_BINARY_OPERATIONS(X) \
    X(maximum) X(minimum) X(atan2) X(logical_and) X(logical_or) X(logical_xor) X(masked_select) X(matmul) X(mm) X(bmm) X(dot) X(outer)
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

#define DT_INPLACE_TENSOR_OR_SCALAR_OPERATIONS(X) X(sub) X(mul) X(div) X(pow)
#define DT_DECLARE(name) \
    DT_API int dt_##name##_(dt_tensor* a, const dt_tensor* b); \
    DT_API int dt_##name##_scalar_(dt_tensor* a, const dt_scalar* b);
DT_INPLACE_TENSOR_OR_SCALAR_OPERATIONS(DT_DECLARE)
#undef DT_DECLARE

DT_API int dt_add(const dt_tensor* a, const dt_tensor* b, const dt_scalar* alpha, dt_new* result);
DT_API int dt_add_scalar(const dt_tensor* a, const dt_scalar* b, const dt_scalar* alpha, dt_new* result);
DT_API int dt_add_(dt_tensor* a, const dt_tensor* b, const dt_scalar* alpha);
DT_API int dt_add_scalar_(dt_tensor* a, const dt_scalar* b, const dt_scalar* alpha);
DT_API int dt_addcmul(const dt_tensor* x, const dt_tensor* a, const dt_tensor* b, const dt_scalar* value, dt_new* result);
DT_API int dt_addcmul_(dt_tensor* x, const dt_tensor* a, const dt_tensor* b, const dt_scalar* value);
DT_API int dt_addcdiv(const dt_tensor* x, const dt_tensor* a, const dt_tensor* b, const dt_scalar* value, dt_new* result);
DT_API int dt_addcdiv_(dt_tensor* x, const dt_tensor* a, const dt_tensor* b, const dt_scalar* value);
DT_API int dt_lerp(const dt_tensor* x, const dt_tensor* end, const dt_tensor* weight, dt_new* result);
DT_API int dt_lerp_(dt_tensor* x, const dt_tensor* end, const dt_tensor* weight);
DT_API int dt_clamp_(dt_tensor* x, const dt_scalar* min, const dt_scalar* max);
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
DT_API int dt_amax(const dt_tensor* x, const int64_t* axes, int64_t count, int32_t keep, dt_new* result);
DT_API int dt_amin(const dt_tensor* x, const int64_t* axes, int64_t count, int32_t keep, dt_new* result);
DT_API int dt_var(const dt_tensor* x, int32_t unbiased, dt_new* result);
DT_API int dt_var_axes(const dt_tensor* x, const int64_t* axes, int64_t count, int32_t unbiased, int32_t keep, dt_new* result);
DT_API int dt_cumsum(const dt_tensor* x, int64_t axis, int32_t dtype, dt_new* result);
DT_API int dt_logsumexp(const dt_tensor* x, int64_t axis, int32_t keep, dt_new* result);
DT_API int dt_bincount(const dt_tensor* x, const dt_tensor* weights, int64_t min_length, dt_new* result);
DT_API int dt_norm(const dt_tensor* x, double p, dt_new* result);
DT_API int dt_norm_axis(const dt_tensor* x, int64_t axis, int32_t keep, double p, dt_new* result);
DT_API int dt_argmax(const dt_tensor* x, dt_new* result);
DT_API int dt_argmax_axis(const dt_tensor* x, int64_t axis, int32_t keep, dt_new* result);
DT_API int dt_searchsorted(const dt_tensor* sorted, const dt_tensor* values, int32_t out_int32, int32_t right, dt_new* result);
DT_API int dt_softmax(const dt_tensor* x, int64_t axis, int32_t dtype, dt_new* result);
DT_API int dt_log_softmax(const dt_tensor* x, int64_t axis, int32_t dtype, dt_new* result);
DT_API int dt_softplus(const dt_tensor* x, double beta, double threshold, dt_new* result);

/* linalg.cpp */
DT_API int dt_einsum(const char* equation, const dt_tensor* const* operands, int64_t count, dt_new* result);
/* count 0: over all axes. */
DT_API int dt_linalg_vector_norm(const dt_tensor* x, double order, const int64_t* axes, int64_t count, int32_t keep, dt_new* result);
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
DT_API int dt_conv_transpose2d(const dt_tensor* x, const dt_tensor* weight, const dt_tensor* bias, const int64_t* strides,
                               int64_t stride_count, const int64_t* padding, int64_t padding_count, const int64_t* output_padding,
                               int64_t output_padding_count, const int64_t* dilation, int64_t dilation_count, int64_t groups, dt_new* result);
DT_API int dt_avg_pool2d(const dt_tensor* x, const int64_t* kernel, int64_t kernel_count, const int64_t* strides, int64_t stride_count,
                         const int64_t* padding, int64_t padding_count, int32_t ceil_mode, int32_t count_include_pad, dt_new* result);
DT_API int dt_max_pool2d(const dt_tensor* x, const int64_t* kernel, int64_t kernel_count, const int64_t* strides, int64_t stride_count,
                         const int64_t* padding, int64_t padding_count, const int64_t* dilation, int64_t dilation_count, int32_t ceil_mode,
                         dt_new* result);
DT_API int dt_adaptive_avg_pool2d(const dt_tensor* x, const int64_t* size, int64_t size_count, dt_new* result);
DT_API int dt_pad(const dt_tensor* x, const int64_t* widths, int64_t count, const char* mode, double value, dt_new* result);
DT_API int dt_dropout(dt_tensor* x, double p, int32_t training, int32_t inplace, dt_new* result);
DT_API int dt_dropout2d(dt_tensor* x, double p, int32_t training, int32_t inplace, dt_new* result);
DT_API int dt_normalize(const dt_tensor* x, double p, int64_t axis, double eps, dt_new* result);
DT_API int dt_upsample_nearest2d(const dt_tensor* x, const int64_t* size, dt_new* result);
DT_API int dt_upsample_bilinear2d(const dt_tensor* x, const int64_t* size, int32_t align_corners, dt_new* result);

/* loss.cpp; reduction 0: none, 1: mean, 2: sum */
DT_API int dt_cross_entropy(const dt_tensor* x, const dt_tensor* target, const dt_tensor* weight, int64_t ignore_index, int64_t reduction,
                            double label_smoothing, dt_new* result);
DT_API int dt_nll_loss(const dt_tensor* x, const dt_tensor* target, const dt_tensor* weight, int64_t reduction, dt_new* result);
DT_API int dt_l1_loss(const dt_tensor* x, const dt_tensor* target, int64_t reduction, dt_new* result);
DT_API int dt_mse_loss(const dt_tensor* x, const dt_tensor* target, int64_t reduction, dt_new* result);
DT_API int dt_smooth_l1_loss(const dt_tensor* x, const dt_tensor* target, int64_t reduction, double beta, dt_new* result);
DT_API int dt_kl_div(const dt_tensor* x, const dt_tensor* target, int64_t reduction, int32_t log_target, dt_new* result);
DT_API int dt_binary_cross_entropy(const dt_tensor* x, const dt_tensor* target, const dt_tensor* weight, int64_t reduction, dt_new* result);
DT_API int dt_binary_cross_entropy_with_logits(const dt_tensor* x, const dt_tensor* target, const dt_tensor* weight,
                                               const dt_tensor* positive_weight, int64_t reduction, dt_new* result);

#ifdef __cplusplus
}
#endif

#endif
