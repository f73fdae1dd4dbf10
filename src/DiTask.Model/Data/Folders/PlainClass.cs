namespace DiTask.Model.Data.Folders;

/// <summary>A class as dataset.json has it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Color">#RRGGBB; null for one of ours.</param>
public sealed record PlainClass(string Name, string? Color = null);
