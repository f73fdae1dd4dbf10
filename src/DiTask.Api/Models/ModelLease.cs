namespace DiTask.Api.Models;

/// <summary>A request's hold on the version that answers it: whatever is swapped meanwhile, this one stays until the answer is made.</summary>
internal sealed class ModelLease(ModelInstance instance) : IDisposable
{
    private int isReturned;

    public ModelInstance Instance => instance;

    public ServedModel Model => instance.Model;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref isReturned, 1) == 0)
        {
            instance.Return();
        }
    }
}
