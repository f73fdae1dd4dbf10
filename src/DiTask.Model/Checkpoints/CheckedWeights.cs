using System.Globalization;
using DiTask.Model.Text;

namespace DiTask.Model.Checkpoints;

/// <summary>The tensors of a checkpoint by key. Every read checks the shape and that each number is finite.</summary>
/// <remarks><b>Threads:</b> may be read by several at a time.</remarks>
/// <param name="file">The checkpoint; not owned.</param>
internal sealed class CheckedWeights(CheckpointFile file)
{
    /// <summary>Whether the file has <paramref name="key"/>.</summary>
    public bool Has(string key) => file.Tensors.ContainsKey(key);

    /// <summary>The values of <paramref name="key"/> as float32.</summary>
    /// <exception cref="CheckpointException">The key is missing (the message names the nearest ones), has another shape, or holds a value that is not finite.</exception>
    public HostTensor Get(string key, params int[] shape)
    {
        StoredTensor tensor = file.Tensors.GetValueOrDefault(key) ?? throw Missing(key, shape);
        CheckShape(tensor, shape);
        float[] values = tensor.ReadSingles();
        int bad = Array.FindIndex(values, value => !float.IsFinite(value));
        return bad < 0 ? new HostTensor(key, [.. tensor.Shape], values) : throw NotFinite(key, bad, values[bad]);
    }

    /// <summary>The CPAB parameters of <paramref name="key"/>, stored as [1, d].</summary>
    /// <returns>The d values; the tessellation has d + 1 cells.</returns>
    /// <exception cref="CheckpointException">The key is missing, is no [1, d], or holds a value that is not finite.</exception>
    public double[] GetTheta(string key)
    {
        StoredTensor tensor = file.Tensors.GetValueOrDefault(key) ?? throw Missing(key, [1, -1]);
        if (tensor.Shape is not [1, >= 1])
        {
            throw new CheckpointException(file.Path, $"'{key}' is [{string.Join(',', tensor.Shape)}], a theta is [1,d]", key, expected: "[1,d]", found: $"[{string.Join(',', tensor.Shape)}]");
        }

        double[] theta = tensor.ReadDoubles();
        int bad = Array.FindIndex(theta, value => !double.IsFinite(value));
        return bad < 0 ? theta : throw NotFinite(key, bad, theta[bad]);
    }

    /// <summary>Whether a fresh model computes the values of <paramref name="key"/> itself.</summary>
    public static bool IsDerived(string key) =>
        key.EndsWith(".attn_mask", StringComparison.Ordinal)
        || key.EndsWith(".relative_position_index", StringComparison.Ordinal)
        || key.EndsWith(".num_batches_tracked", StringComparison.Ordinal);

    private void CheckShape(StoredTensor tensor, int[] shape)
    {
        if (!tensor.Shape.SequenceEqual(shape))
        {
            string found = $"[{string.Join(',', tensor.Shape)}]";
            string expected = $"[{string.Join(',', shape)}]";
            throw new CheckpointException(file.Path, $"'{tensor.Name}' is {found}, the model needs {expected}", tensor.Name, expected: expected, found: found);
        }
    }

    private CheckpointException NotFinite(string key, int element, double value) =>
        new(file.Path, $"element {element} of '{key}' is not finite", key, expected: "a finite number", found: value.ToString(CultureInfo.InvariantCulture));

    private CheckpointException Missing(string key, int[] shape)
    {
        string nearest = string.Join(", ", NearestNames.Of(key, file.Tensors.Keys, count: 3).Select(name => $"'{name}'"));
        string expected = $"[{string.Join(',', shape)}]".Replace("-1", "d", StringComparison.Ordinal);
        return new CheckpointException(file.Path, $"'{key}' {expected} is missing; nearest are {nearest}", key, expected: expected, found: "no such key");
    }
}
