#include "guarded.h"

using namespace ditask;

int dt_linear(const dt_tensor* x, const dt_tensor* weight, const dt_tensor* bias, dt_new* result) {
    return guarded_new(result, [&] { return at::linear(ref(x), ref(weight), maybe(bias)); });
}

int dt_conv2d(const dt_tensor* x, const dt_tensor* weight, const dt_tensor* bias, const int64_t* strides, int64_t stride_count,
              const int64_t* padding, int64_t padding_count, const int64_t* dilation, int64_t dilation_count, int64_t groups,
              dt_new* result) {
    return guarded_new(result, [&] {
        return at::conv2d(ref(x), ref(weight), maybe(bias), list(strides, stride_count), list(padding, padding_count),
                          list(dilation, dilation_count), groups);
    });
}

int dt_layer_norm(const dt_tensor* x, const int64_t* normalized_shape, int64_t dimensions, const dt_tensor* weight,
                  const dt_tensor* bias, double eps, dt_new* result) {
    return guarded_new(result, [&] {
        return at::layer_norm(ref(x), list(normalized_shape, dimensions), maybe(weight), maybe(bias), eps);
    });
}

int dt_batch_norm(const dt_tensor* x, const dt_tensor* mean, const dt_tensor* variance, const dt_tensor* weight,
                  const dt_tensor* bias, int32_t training, double momentum, double eps, dt_new* result) {
    return guarded_new(result, [&] {
        return at::batch_norm(ref(x), maybe(weight), maybe(bias), maybe(mean), maybe(variance), training != 0, momentum, eps,
                              /*cudnn_enabled=*/true);
    });
}

int dt_avg_pool2d(const dt_tensor* x, const int64_t* kernel, int64_t kernel_count, const int64_t* strides, int64_t stride_count,
                  const int64_t* padding, int64_t padding_count, int32_t ceil_mode, int32_t count_include_pad, dt_new* result) {
    return guarded_new(result, [&] {
        return at::avg_pool2d(ref(x), list(kernel, kernel_count), list(strides, stride_count), list(padding, padding_count),
                              ceil_mode != 0, count_include_pad != 0);
    });
}

int dt_dropout(dt_tensor* x, double p, int32_t training, int32_t inplace, dt_new* result) {
    return guarded_new(result, [&] {
        return inplace != 0 ? at::dropout_(ref(x), p, training != 0) : at::dropout(ref(x), p, training != 0);
    });
}

int dt_normalize(const dt_tensor* x, double p, int64_t axis, double eps, dt_new* result) {
    return guarded_new(result, [&] {
        at::Tensor length = ref(x).norm(p, at::IntArrayRef(axis), /*keepdim=*/true);
        return ref(x) / length.clamp_min(eps).expand_as(ref(x));
    });
}

int dt_upsample_nearest2d(const dt_tensor* x, const int64_t* size, dt_new* result) {
    return guarded_new(result, [&] { return at::upsample_nearest2d(ref(x), list(size, 2)); });
}

int dt_upsample_bilinear2d(const dt_tensor* x, const int64_t* size, int32_t align_corners, dt_new* result) {
    return guarded_new(result, [&] { return at::upsample_bilinear2d(ref(x), list(size, 2), align_corners != 0); });
}
