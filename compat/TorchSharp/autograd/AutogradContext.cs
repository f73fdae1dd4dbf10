using TorchSharp.Raw;

namespace TorchSharp;

public static partial class torch
{
    public static partial class autograd
    {
        /// <summary>What the forward pass of a function leaves for its backward pass.</summary>
        public class AutogradContext : IDisposable
        {
            private readonly Dictionary<string, object> data = [];
            private readonly List<SavedTensor?> saved = [];
            private List<Tensor> toSave = [];
            private List<Tensor> nonDifferentiable = [];
            private nint node;

            internal AutogradContext()
            {
            }

            public void save_for_backward(List<Tensor> tensors) => toSave = tensors;

            public void save_data(string key, object value) => data[key] = value;

            public object get_data(string key) => data.GetValueOrDefault(key)!;

            public void mark_non_differentiable(List<Tensor> tensors) => nonDifferentiable = [.. tensors];

            public List<Tensor> get_saved_variables()
            {
                lock (saved)
                {
                    return [.. saved.Select(tensor => tensor?.Unpack(node)!)];
                }
            }

            public void Dispose()
            {
                foreach (SavedTensor? tensor in saved)
                {
                    tensor?.Dispose();
                }

                GC.SuppressFinalize(this);
            }

            internal bool IsNonDifferentiable(Tensor output) => nonDifferentiable.Any(tensor => ReferenceEquals(tensor, output));

            /// <summary>Of an output that is saved, the attached one is kept, by a reference that does not hold its operation.</summary>
            internal void Save(List<Tensor> outputs, List<Tensor> attached)
            {
                foreach (Tensor? tensor in toSave)
                {
                    int output = outputs.FindIndex(candidate => ReferenceEquals(candidate, tensor));
                    saved.Add(tensor is null or { IsInvalid: true } ? null : new SavedTensor(output < 0 ? tensor : attached[output], output >= 0));
                }

                toSave = [];
                nonDifferentiable = [];
            }

            internal T InBackward<T>(nint running, Func<T> body)
            {
                lock (saved)
                {
                    node = running;
                    return body();
                }
            }
        }
    }
}
