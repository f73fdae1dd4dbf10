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
        for (int i = 0; i < tensors.Length; i++)
        {
            handles[i] = tensors[i].Handle;
        }

        for (int i = 0; i < handles.Length; i++)
        {
            bool held = false;
            handles[i].DangerousAddRef(ref held);
            pointers[i] = handles[i].DangerousGetHandle();
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
