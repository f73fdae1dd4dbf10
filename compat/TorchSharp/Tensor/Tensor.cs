using TorchSharp.Raw;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>An array of libtorch. Memory goes back on Dispose, at the end of a dispose scope, or with the finaliser.</summary>
    public partial class Tensor : IDisposable
    {
        private TensorHandle handle;

        internal Tensor(NewTensor tensor)
        {
            handle = new TensorHandle(tensor);
            DisposeScopeManager.ThreadSingleton.CurrentDisposeScope?.Adopt(this);
        }

        /// <summary>Takes over memory that belonged to another tensor; no dispose scope learns of it.</summary>
        private protected Tensor(TensorHandle handle) => this.handle = handle;

        public static long TotalCount => TensorHandle.Live;

        public bool IsInvalid => handle.IsClosed || handle.IsInvalid;

        internal DisposeScope? OwningDisposeScope { get; set; }

        internal TensorHandle Handle =>
            IsInvalid ? throw new InvalidOperationException("The tensor was disposed.") : handle;

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

        /// <summary>Gives the memory away: this tensor is as if disposed.</summary>
        internal TensorHandle MoveHandle()
        {
            TensorHandle moved = Handle;
            handle = TensorHandle.NewClosed();
            return moved;
        }

        /// <summary>The result of a native call, or its error as an exception.</summary>
        internal static Tensor From(int status, NewTensor result)
        {
            Native.Check(status);
            return new Tensor(result);
        }

        /// <summary>This tensor after a native call that changed it.</summary>
        private Tensor Changed(int status)
        {
            Native.Check(status);
            return this;
        }
    }
}
