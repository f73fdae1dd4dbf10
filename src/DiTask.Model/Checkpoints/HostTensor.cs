namespace DiTask.Model.Checkpoints;

/// <summary>A named float32 array in host memory, row-major.</summary>
/// <remarks><b>Shapes:</b> <c>Values.Length</c> is the product of <c>Shape</c>; a scalar has an empty shape and one value.</remarks>
/// <exception cref="ArgumentException">The number of values is not the product of the shape.</exception>
public sealed class HostTensor
{
    /// <summary>Wraps <paramref name="values"/> without a copy.</summary>
    public HostTensor(string name, int[] shape, float[] values)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(values);
        long count = shape.Aggregate(1L, (product, size) => product * size);
        if (count != values.Length)
        {
            throw new ArgumentException($"'{name}': shape [{string.Join(',', shape)}] holds {count} values, got {values.Length}.", nameof(values));
        }

        Name = name;
        Shape = shape;
        Values = values;
    }

    /// <summary>Key of the array, in the checkpoint's spelling.</summary>
    public string Name { get; }

    /// <summary>Sizes, slowest axis first.</summary>
    public int[] Shape { get; }

    /// <summary>The values, row-major.</summary>
    public float[] Values { get; }
}
