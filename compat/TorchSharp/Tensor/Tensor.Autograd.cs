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
    }
}
