#include "guarded.h"

#include <torch/csrc/autograd/autograd.h>
#include <torch/types.h>

#include <torch/nn/utils/clip_grad.h>

using namespace ditask;

int dt_backward(const dt_tensor* const* roots, int64_t count, const dt_tensor* const* gradients, int64_t gradient_count,
                int32_t retain_graph, int32_t create_graph, const dt_tensor* const* inputs, int64_t input_count) {
    return guarded([&] {
        torch::autograd::backward(tensors(roots, count), tensors(gradients, gradient_count), retain_graph != 0, create_graph != 0,
                                  tensors(inputs, input_count));
    });
}

int dt_autograd_grad(const dt_tensor* const* outputs, int64_t output_count, const dt_tensor* const* inputs, int64_t input_count,
                     const dt_tensor* const* gradients, int64_t gradient_count, int32_t retain_graph, int32_t create_graph,
                     int32_t allow_unused, dt_new* results) {
    return guarded([&] {
        std::vector<at::Tensor> found =
            torch::autograd::grad(tensors(outputs, output_count), tensors(inputs, input_count), tensors(gradients, gradient_count),
                                  retain_graph != 0, create_graph != 0, allow_unused != 0);
        for (size_t i = 0; i < found.size(); ++i) {
            results[i] = {nullptr, 0};
            if (found[i].defined()) {
                give(std::move(found[i]), &results[i]);
            }
        }
    });
}

int dt_grad(const dt_tensor* x, dt_new* result) {
    *result = {nullptr, 0};
    return guarded([&] {
        const at::Tensor& gradient = ref(x).grad();
        if (gradient.defined()) {
            give(gradient, result);
        }
    });
}

int dt_set_grad(dt_tensor* x, const dt_tensor* gradient) {
    return guarded([&] {
        if (gradient == nullptr) {
            ref(x).mutable_grad().reset();
        } else {
            ref(x).mutable_grad() = ref(gradient);
        }
    });
}

int dt_clip_grad_norm_(const dt_tensor* const* parameters, int64_t count, double max_norm, double norm_type, double* norm) {
    return guarded([&] { *norm = torch::nn::utils::clip_grad_norm_(tensors(parameters, count), max_norm, norm_type); });
}
