namespace DiTask.Model.Layers;

/// <summary>A place in the tree of checkpoint keys: <c>root / "layers" / "0"</c>.</summary>
internal readonly record struct ParameterScope<T>(IParameterSource<T> Source, string Key)
{
    public static ParameterScope<T> operator /(ParameterScope<T> scope, string name) => new(scope.Source, scope.Child(name));

    public static ParameterScope<T> operator /(ParameterScope<T> scope, int index) => scope / index.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Whether <paramref name="name"/> exists here.</summary>
    public bool Has(string name) => Source.Has(Child(name));

    /// <summary>The parameter <paramref name="name"/> of this place.</summary>
    public T Get(string name, params int[] shape) => Source.Get(Child(name), shape);

    /// <summary>The linear layer <paramref name="name"/> of this place in the stream of <paramref name="task"/>.</summary>
    public ILinear<T> Linear(string name, int inFeatures, int outFeatures, string? task = null) =>
        Source.Linear(Child(name), inFeatures, outFeatures, task);

    private string Child(string name) => Key.Length == 0 ? name : $"{Key}.{name}";
}
