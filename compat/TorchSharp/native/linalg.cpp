#include "guarded.h"

using namespace ditask;

int dt_einsum(const char* equation, const dt_tensor* const* operands, int64_t count, dt_new* result) {
    return guarded_new(result, [&] { return at::einsum(equation, tensors(operands, count)); });
}

int dt_linalg_vector_norm(const dt_tensor* x, double order, const int64_t* axes, int64_t count, int32_t keep, dt_new* result) {
    return guarded_new(result, [&] {
        at::OptionalIntArrayRef over;
        if (count > 0) {
            over = list(axes, count);
        }

        return at::linalg_vector_norm(ref(x), order, over, keep != 0);
    });
}

int dt_linalg_svd(const dt_tensor* x, int32_t full_matrices, dt_new* u, dt_new* s, dt_new* vh) {
    *s = {nullptr, 0};
    *vh = {nullptr, 0};
    return guarded_new(u, [&] {
        auto parts = at::linalg_svd(ref(x), full_matrices != 0);
        give(std::get<1>(parts), s);
        give(std::get<2>(parts), vh);
        return std::get<0>(parts);
    });
}

int dt_linalg_svdvals(const dt_tensor* x, dt_new* result) {
    return guarded_new(result, [&] { return at::linalg_svdvals(ref(x)); });
}
