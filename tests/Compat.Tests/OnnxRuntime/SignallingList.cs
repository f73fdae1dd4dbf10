using System.Collections;

namespace DiTask.Compat.Tests.OnnxRuntime;

/// <summary>Tells when a run reads its names: from then on it holds its session and options.</summary>
internal sealed class SignallingList(string[] names, TaskCompletionSource read) : IReadOnlyCollection<string>
{
    public int Count => names.Length;

    public IEnumerator<string> GetEnumerator()
    {
        read.TrySetResult();
        return names.AsEnumerable().GetEnumerator();
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
