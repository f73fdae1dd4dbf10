namespace DiTask.Model.Checkpoints.Pickle;

/// <summary>The name of a Python class or function. It is data: nothing is looked up and nothing is called.</summary>
internal sealed record PickleGlobal(string Module, string Name)
{
    public override string ToString() => $"{Module}.{Name}";
}
