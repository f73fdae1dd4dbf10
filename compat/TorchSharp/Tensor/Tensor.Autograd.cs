using TorchSharp.Raw;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor? grad
        {
            get
            {
                Native.Check(Native.dt_grad(Handle, out NewTensor result));
                return result.Pointer == 0 ? null : new Tensor(result);
            }

            set => Native.Check(Native.dt_set_grad(Handle, value?.Handle ?? TensorHandle.None));
        }

        public void backward() => backward(null);

        public void backward(IList<Tensor>? grad_tensors = null, bool retain_graph = false, bool create_graph = false, IList<Tensor>? inputs = null) =>
            autograd.backward([this], grad_tensors, retain_graph, create_graph, inputs);

        public void retain_grad() => Native.Check(Native.dt_retain_grad(Handle));

        public Tensor detach_() => Changed(Native.dt_detach_(Handle));

        public Tensor with_requires_grad(bool requires_grad = true) => requires_grad_(requires_grad);
    }
}
