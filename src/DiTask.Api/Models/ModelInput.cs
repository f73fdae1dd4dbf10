using System.Buffers;
using System.Diagnostics;

namespace DiTask.Api.Models;

/// <summary>One preprocessed image on its way through the model: a rented slot of [3, S, S] floats and the tasks asked for.</summary>
internal sealed class ModelInput(int length, IReadOnlyList<string> tasks) : IDisposable
{
    private float[]? rented = ArrayPool<float>.Shared.Rent(length);

    public Memory<float> Slot => rented is { } buffer ? buffer.AsMemory(0, length) : throw new ObjectDisposedException(nameof(ModelInput));

    public IReadOnlyList<string> Tasks { get; } = tasks;

    /// <summary>The request that it is a part of, for the traces.</summary>
    public ActivityContext Trace { get; } = Activity.Current?.Context ?? default;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref rented, null) is { } buffer)
        {
            ArrayPool<float>.Shared.Return(buffer);
        }
    }
}
