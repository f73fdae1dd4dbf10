#include "guarded.h"

using namespace ditask;

int dt_cross_entropy(const dt_tensor* x, const dt_tensor* target, const dt_tensor* weight, int64_t ignore_index, int64_t reduction,
                     double label_smoothing, dt_new* result) {
    return guarded_new(result, [&] {
        return at::cross_entropy_loss(ref(x), ref(target), maybe(weight), reduction, ignore_index, label_smoothing);
    });
}

int dt_binary_cross_entropy_with_logits(const dt_tensor* x, const dt_tensor* target, const dt_tensor* weight,
                                        const dt_tensor* positive_weight, int64_t reduction, dt_new* result) {
    return guarded_new(result, [&] {
        return at::binary_cross_entropy_with_logits(ref(x), ref(target), maybe(weight), maybe(positive_weight), reduction);
    });
}
