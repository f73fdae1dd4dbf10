namespace DiTask.Model.Data.Matlab;

/// <summary>One array of a MATLAB file: numbers, text, cells or structures. Elements are in MATLAB's order, the first index fastest.</summary>
internal sealed class MatArray
{
    private readonly IReadOnlyList<string> fields = [];
    private readonly IReadOnlyList<MatArray> items = [];
    private readonly double[] numbers = [];

    private MatArray(MatKind kind, IReadOnlyList<int> dimensions) => (Kind, Dimensions) = (kind, dimensions);

    private MatArray(MatKind kind, IReadOnlyList<int> dimensions, double[] numbers)
        : this(kind, dimensions) => this.numbers = numbers;

    private MatArray(MatKind kind, IReadOnlyList<int> dimensions, IReadOnlyList<string> fields, IReadOnlyList<MatArray> items)
        : this(kind, dimensions) => (this.fields, this.items) = (fields, items);

    public static MatArray Empty { get; } = new(MatKind.Numbers, [0, 0]);

    public MatKind Kind { get; }

    /// <summary>Rows, columns, and so on.</summary>
    public IReadOnlyList<int> Dimensions { get; }

    /// <summary>Number of elements.</summary>
    public int Count => Dimensions.Aggregate(1, (product, size) => product * size);

    /// <summary>The first element of a numeric array; null when there is none.</summary>
    public double? Scalar => Kind == MatKind.Numbers && numbers.Length > 0 ? numbers[0] : null;

    /// <summary>The characters of a text; null for anything else.</summary>
    public string? Text => Kind == MatKind.Text ? string.Concat(numbers.Select(code => (char)code)) : null;

    public static MatArray OfNumbers(MatKind kind, IReadOnlyList<int> dimensions, double[] numbers) => new(kind, dimensions, numbers);

    public static MatArray OfItems(MatKind kind, IReadOnlyList<int> dimensions, IReadOnlyList<string> fields, IReadOnlyList<MatArray> items) =>
        new(kind, dimensions, fields, items);

    /// <summary>A field of element <paramref name="index"/> of a structure array.</summary>
    /// <exception cref="InvalidDataException">Not a structure, no such field, no such element.</exception>
    public MatArray Field(int index, string name)
    {
        int field = Kind == MatKind.Structure ? fields.ToList().IndexOf(name) : -1;
        return field >= 0 && index < Count
            ? items[(index * fields.Count) + field]
            : throw new InvalidDataException(
                $"expected a structure with the field '{name}'; found {Kind} of {string.Join("x", Dimensions)}{(fields.Count > 0 ? " with " + string.Join(", ", fields) : "")}");
    }

    /// <summary>The numbers of a matrix, row by row.</summary>
    /// <exception cref="InvalidDataException">Not a matrix of numbers, or an empty one.</exception>
    public (int Height, int Width, float[] Values) Matrix()
    {
        if (Kind != MatKind.Numbers || Dimensions is not [> 0, > 0])
        {
            throw new InvalidDataException($"expected a matrix of numbers; found {Kind} of {string.Join("x", Dimensions)}");
        }

        (int height, int width) = (Dimensions[0], Dimensions[1]);
        float[] values = new float[numbers.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)numbers[(i % width * height) + (i / width)];
        }

        return (height, width, values);
    }
}
