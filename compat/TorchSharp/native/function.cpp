#include "guarded.h"

#include <torch/csrc/autograd/function.h>
#include <torch/csrc/autograd/functions/utils.h>
#include <torch/csrc/autograd/saved_variable.h>

using namespace ditask;

namespace {
using torch::autograd::Node;
using torch::autograd::SavedVariable;
using torch::autograd::variable_list;

// An operation whose backward pass the caller computes.
struct CallerNode : Node {
    CallerNode(dt_backward_function run, dt_release_function release, void* state) : run(run), release(release), state(state) {}

    ~CallerNode() override { release(state); }

    variable_list apply(variable_list&& gradients) override {
        std::vector<dt_new> given(gradients.size(), dt_new{nullptr, 0});
        for (size_t i = 0; i < gradients.size(); ++i) {
            // An output that nothing uses has no gradient; the caller gets zeros.
            give(gradients[i].defined() ? std::move(gradients[i]) : input_metadata(i).zeros_like(), &given[i]);
        }

        std::shared_ptr<Node> self = shared_from_this();
        variable_list results(num_outputs());
        if (run(state, reinterpret_cast<const dt_node*>(&self), given.data(), static_cast<int64_t>(given.size()),
                reinterpret_cast<dt_gradients*>(&results)) != 0) {
            throw std::runtime_error(dt_last_error());
        }

        return results;
    }

    dt_backward_function run;
    dt_release_function release;
    void* state;
};

const std::shared_ptr<Node>& ref(const dt_node* node) {
    return *reinterpret_cast<const std::shared_ptr<Node>*>(node);
}

using ditask::ref;
} // namespace

int dt_node_new(dt_backward_function backward, dt_release_function release, void* state, const dt_tensor* const* inputs,
                int64_t input_count, dt_node** result) {
    *result = nullptr;
    return guarded([&] {
        variable_list from = tensors(inputs, input_count);
        torch::autograd::edge_list edges = torch::autograd::collect_next_edges(from);

        // deleteNode: a long chain of nodes is taken apart without recursion.
        std::shared_ptr<Node> node(new CallerNode(backward, release, state), torch::autograd::deleteNode);
        node->set_next_edges(std::move(edges));
        *result = reinterpret_cast<dt_node*>(new std::shared_ptr<Node>(std::move(node)));
    });
}

void dt_node_free(dt_node* node) {
    guarded([&] { delete reinterpret_cast<std::shared_ptr<Node>*>(node); });
}

int dt_node_attach(dt_node* node, const dt_tensor* output, dt_new* result) {
    return guarded_new(result, [&] {
        // Detached: an output may be one of the inputs, or a view of one, with a history of its own.
        at::Tensor attached = ref(output).detach();
        torch::autograd::set_history(attached, ref(node));
        return attached;
    });
}

int dt_gradients_set(dt_gradients* results, int64_t index, const dt_tensor* gradient) {
    return guarded([&] { reinterpret_cast<variable_list*>(results)->at(static_cast<size_t>(index)) = ref(gradient); });
}

int dt_saved_new(const dt_tensor* x, int32_t is_output, dt_saved** result) {
    *result = nullptr;
    return guarded([&] { *result = reinterpret_cast<dt_saved*>(new SavedVariable(ref(x), is_output != 0)); });
}

void dt_saved_free(dt_saved* saved) {
    guarded([&] { delete reinterpret_cast<SavedVariable*>(saved); });
}

int dt_saved_unpack(dt_saved* saved, const dt_node* node, dt_new* result) {
    return guarded_new(result, [&] { return reinterpret_cast<SavedVariable*>(saved)->unpack(ref(node)); });
}
