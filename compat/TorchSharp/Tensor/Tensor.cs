using TorchSharp.Raw;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>An array of libtorch. Memory goes back on Dispose, at the end of a dispose scope, or with the finaliser.</summary>
    public partial class Tensor : IDisposable
    {
        private readonly TensorHandle handle;

        internal Tensor(NewTensor tensor)
        {
            handle = new TensorHandle(tensor);
            DisposeScopeManager.ThreadSingleton.CurrentDisposeScope?.Adopt(this);
        }

        public bool IsInvalid => handle.IsClosed;

        internal DisposeScope? OwningDisposeScope { get; set; }

        internal TensorHandle Handle =>
            handle.IsClosed ? throw new InvalidOperationException("The tensor was disposed.") : handle;

        public Tensor MoveToOuterDisposeScope()
        {
            OwningDisposeScope?.MoveToOuter(this);
            return this;
        }

        public Tensor MoveToOtherDisposeScope(DisposeScope? other)
        {
            if (OwningDisposeScope is null)
            {
                other?.Attach(this);
            }
            else
            {
                OwningDisposeScope.MoveToOther(other, [this]);
            }

            return this;
        }

        public Tensor DetachFromDisposeScope()
        {
            OwningDisposeScope?.Detach(this);
            return this;
        }

        public void Dispose()
        {
            OwningDisposeScope?.MarkAsDisposed(this);
            handle.Dispose();
        }

        /// <summary>The result of a native call, or its error as an exception.</summary>
        internal static Tensor From(int status, NewTensor result)
        {
            Native.Check(status);
            return new Tensor(result);
        }
    }
}
