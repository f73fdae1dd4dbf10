using Microsoft.ML.OnnxRuntime;

namespace DiTask.Model.Inference;

/// <summary>The trunk's outputs for some rows of a batch, where the provider left them.</summary>
internal sealed class Features(IReadOnlyList<string> names, IDisposableReadOnlyCollection<OrtValue> values) : IDisposable
{
    /// <summary>The feature <paramref name="name"/>.</summary>
    public OrtValue this[string name]
    {
        get
        {
            for (int i = 0; i < names.Count; i++)
            {
                if (names[i] == name)
                {
                    return values[i];
                }
            }

            throw new ArgumentException($"The trunk has no feature '{name}'. It has: {string.Join(", ", names)}.", nameof(name));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => values.Dispose();
}
