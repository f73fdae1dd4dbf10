namespace Microsoft.ML.OnnxRuntime.Handles;

/// <summary>Keeps what a binding uses alive: its session, and the value bound to each name.</summary>
internal sealed class BoundValues(OrtHandle session) : IDisposable
{
    private readonly SharedReference session = new(session);
    private readonly Dictionary<string, SharedReference> inputs = [];
    private readonly Dictionary<string, SharedReference> outputs = [];

    public nint Session => session.Pointer;

    public void SetInput(string name, SharedReference value)
    {
        RemoveFrom(inputs, name);
        inputs[name] = value;
    }

    public void SetOutput(string name, SharedReference value)
    {
        RemoveOutput(name);
        outputs[name] = value;
    }

    public void RemoveOutput(string name) => RemoveFrom(outputs, name);

    /// <summary>What owns the memory of an output: the value bound to it, else the session's allocator.</summary>
    public SharedReference OwnerOfOutput(string name) => outputs.GetValueOrDefault(name, session).Retain();

    public void ClearInputs() => Clear(inputs);

    public void ClearOutputs() => Clear(outputs);

    public void Dispose()
    {
        ClearInputs();
        ClearOutputs();
        session.Dispose();
    }

    private static void RemoveFrom(Dictionary<string, SharedReference> values, string name)
    {
        if (values.Remove(name, out SharedReference? former))
        {
            former.Dispose();
        }
    }

    private static void Clear(Dictionary<string, SharedReference> values)
    {
        foreach (SharedReference value in values.Values)
        {
            value.Dispose();
        }

        values.Clear();
    }
}
