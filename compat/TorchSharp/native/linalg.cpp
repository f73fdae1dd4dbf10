#include "guarded.h"

using namespace ditask;

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

int dt_linalg_solve(const dt_tensor* a, const dt_tensor* b, int32_t left, dt_new* result) {
    return guarded_new(result, [&] { return at::linalg_solve(ref(a), ref(b), left != 0); });
}
