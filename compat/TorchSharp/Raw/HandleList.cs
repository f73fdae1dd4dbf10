namespace TorchSharp.Raw;

/// <summary>The addresses of several tensors, held for one call.</summary>
internal readonly ref struct HandleList
{
    private readonly TensorHandle[] handles;
    private readonly nint[] pointers;

    public HandleList(ReadOnlySpan<torch.Tensor> tensors)
    {
        handles = new TensorHandle[tensors.Length];
        pointers = new nint[tensors.Length];
        int held = 0;
        try
        {
            for (; held < tensors.Length; held++)
            {
                handles[held] = tensors[held].Handle;
                bool added = false;
                handles[held].DangerousAddRef(ref added);
                pointers[held] = handles[held].DangerousGetHandle();
            }
        }
        catch
        {
            // No caller gets an object to dispose from a constructor that throws.
            foreach (TensorHandle handle in handles.AsSpan(0, held))
            {
                handle.DangerousRelease();
            }

            throw;
        }
    }

    public ReadOnlySpan<nint> Pointers => pointers;

    public void Dispose()
    {
        foreach (TensorHandle handle in handles)
        {
            handle.DangerousRelease();
        }
    }
}
