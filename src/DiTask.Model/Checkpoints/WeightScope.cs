using System.Collections.Concurrent;
using System.Globalization;

namespace DiTask.Model.Checkpoints;

/// <summary>The weights of one module of a checkpoint: <c>weights / "layers" / "0"</c>. Every read checks the shape, and is remembered.</summary>
/// <remarks>
/// A plain Swin file has no <c>backbone.</c> before its keys; there <c>root / "backbone"</c> is the root itself, so that the
/// same code reads both. <b>Threads:</b> may be read by several at a time.
/// </remarks>
public sealed class WeightScope
{
    private const string Backbone = "backbone";

    private readonly CheckpointFile file;
    private readonly ConcurrentDictionary<string, bool> read;
    private readonly string prefix;

    private WeightScope(CheckpointFile file, ConcurrentDictionary<string, bool> read, string prefix)
    {
        this.file = file;
        this.read = read;
        this.prefix = prefix;
    }

    /// <summary>Keys of the whole file that nobody has read, in the file's order, apart from those that are derived anew:
    /// attention masks, relative position indices and batch counters.</summary>
    public IReadOnlyList<string> UnusedKeys => [.. file.Tensors.Keys.Where(key => !read.ContainsKey(key) && !IsDerived(key))];

    /// <summary>The scope of all keys of <paramref name="file"/>.</summary>
    public static WeightScope Root(CheckpointFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return new WeightScope(file, new ConcurrentDictionary<string, bool>(), "");
    }

    /// <summary>The scope of the keys below <paramref name="name"/>.</summary>
    public static WeightScope operator /(WeightScope scope, string name)
    {
        ArgumentNullException.ThrowIfNull(scope);
        bool bare = scope.prefix.Length == 0 && name == Backbone && scope.file.Tensors.ContainsKey("patch_embed.proj.weight");
        return bare ? scope : new WeightScope(scope.file, scope.read, $"{scope.prefix}{name}.");
    }

    /// <summary>The whole key of <paramref name="name"/>.</summary>
    public string Key(string name) => prefix + name;

    /// <summary>Whether the file has <paramref name="name"/>. Asking is not reading.</summary>
    public bool Has(string name) => file.Tensors.ContainsKey(Key(name));

    /// <summary>The values of <paramref name="name"/> as float32.</summary>
    /// <exception cref="CheckpointException">The key is missing (the message names the nearest ones), has another shape, or holds a value that is not finite.</exception>
    public HostTensor Get(string name, params int[] shape) => TryGet(name, shape) ?? throw Missing(Key(name), shape);

    /// <summary>The values of <paramref name="name"/> as float32, or null when the file does not have it.</summary>
    /// <exception cref="CheckpointException">The key has another shape, or holds a value that is not finite.</exception>
    public HostTensor? TryGet(string name, params int[] shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        string key = Key(name);
        if (!file.Tensors.TryGetValue(key, out StoredTensor? tensor))
        {
            return null;
        }

        CheckShape(tensor, shape);
        float[] values = tensor.ReadSingles();
        int bad = Array.FindIndex(values, value => !float.IsFinite(value));
        if (bad >= 0)
        {
            throw NotFinite(key, bad, values[bad]);
        }

        read[key] = true;
        return new HostTensor(key, [.. tensor.Shape], values);
    }

    /// <summary>The CPAB parameters of <paramref name="name"/>, stored as [1, d].</summary>
    /// <returns>The d values; the tessellation has d + 1 cells.</returns>
    /// <exception cref="CheckpointException">The key is missing, is no [1, d], or holds a value that is not finite.</exception>
    public double[] GetTheta(string name)
    {
        string key = Key(name);
        if (!file.Tensors.TryGetValue(key, out StoredTensor? tensor))
        {
            throw Missing(key, [1, -1]);
        }

        if (tensor.Shape is not [1, >= 1])
        {
            throw new CheckpointException(file.Path, $"'{key}' is [{string.Join(',', tensor.Shape)}], a theta is [1,d]", key, expected: "[1,d]", found: $"[{string.Join(',', tensor.Shape)}]");
        }

        double[] theta = tensor.ReadDoubles();
        int bad = Array.FindIndex(theta, value => !double.IsFinite(value));
        if (bad >= 0)
        {
            throw NotFinite(key, bad, theta[bad]);
        }

        read[key] = true;
        return theta;
    }

    /// <summary>Counts <paramref name="name"/> as used without reading it: what the file has and the model knows it does not need.</summary>
    public void Skip(string name) => read[Key(name)] = true;

    /// <summary>Whether a fresh model computes the values of <paramref name="key"/> itself.</summary>
    internal static bool IsDerived(string key) =>
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
        string nearest = string.Join(", ", KeyDistance.Nearest(key, file.Tensors.Keys, count: 3).Select(name => $"'{name}'"));
        string expected = $"[{string.Join(',', shape)}]".Replace("-1", "d", StringComparison.Ordinal);
        return new CheckpointException(file.Path, $"'{key}' {expected} is missing; nearest are {nearest}", key, expected: expected, found: "no such key");
    }
}
