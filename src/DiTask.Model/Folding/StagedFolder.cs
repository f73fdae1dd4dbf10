namespace DiTask.Model.Folding;

/// <summary>A folder under construction beside its final place. It gets its name only when it is whole; else it is removed.</summary>
internal sealed class StagedFolder : IDisposable
{
    private readonly string target;
    private bool published;

    /// <param name="target">Final place. Its parent is made if needed.</param>
    public StagedFolder(string target)
    {
        this.target = System.IO.Path.GetFullPath(target).TrimEnd(System.IO.Path.DirectorySeparatorChar);
        string parent = System.IO.Path.GetDirectoryName(this.target) ?? throw new ArgumentException($"'{target}' is not a folder that can be made.", nameof(target));
        Path = System.IO.Path.Combine(parent, $".{System.IO.Path.GetFileName(this.target)}.{Guid.NewGuid():N}.partial");
        Directory.CreateDirectory(Path);
    }

    /// <summary>Where to write.</summary>
    public string Path { get; }

    /// <summary>Gives the folder its name. What had the name before is moved aside first and removed last.</summary>
    public void Publish()
    {
        string? old = null;
        if (Directory.Exists(target))
        {
            old = $"{Path}.old";
            Directory.Move(target, old);
        }

        Directory.Move(Path, target);
        published = true;
        if (old is not null)
        {
            Directory.Delete(old, recursive: true);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!published && Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
