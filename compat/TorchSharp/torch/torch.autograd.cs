using TorchSharp.Raw;

namespace TorchSharp;

public static partial class torch
{
    public static partial class autograd
    {
        public static IList<Tensor> grad(
            IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor>? grad_outputs = null, bool retain_graph = false, bool create_graph = false, bool allow_unused = false)
        {
            using HandleList outs = new(outputs.ToArray());
            using HandleList ins = new(inputs.ToArray());
            using HandleList grads = new(grad_outputs?.ToArray());
            NewTensor[] results = new NewTensor[inputs.Count];
            Native.Check(Native.dt_autograd_grad(
                outs.Pointers, outs.Pointers.Length, ins.Pointers, ins.Pointers.Length, grads.Pointers, grads.Pointers.Length,
                retain_graph ? 1 : 0, create_graph ? 1 : 0, allow_unused ? 1 : 0, results));
            return results.Select(result => new Tensor(result)).ToList();
        }

        public static void backward(
            IList<Tensor> tensors, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null)
        {
            using HandleList roots = new(tensors.ToArray());
            using HandleList grads = new(grad_tensors?.ToArray());
            using HandleList ins = new(inputs?.ToArray());
            Native.Check(Native.dt_backward(
                roots.Pointers, roots.Pointers.Length, grads.Pointers, grads.Pointers.Length, retain_graph ?? create_graph ? 1 : 0, create_graph ? 1 : 0,
                ins.Pointers, ins.Pointers.Length));
        }

        public static void backward(
            Tensor tensor, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null) =>
            backward([tensor], grad_tensors, retain_graph, create_graph, inputs);

        public static void backward(
            Tensor tensor, Tensor grad_tensor, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null) =>
            backward([tensor], [grad_tensor], retain_graph, create_graph, inputs);
    }
}
