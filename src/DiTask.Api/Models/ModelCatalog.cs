using System.Collections.Immutable;
using DiTask.Api.Problems;
using Microsoft.Extensions.Options;

namespace DiTask.Api.Models;

/// <summary>Which models there are now. Readers see one moment; a change puts the next moment in its place.</summary>
internal sealed class ModelCatalog(IOptions<ModelsOptions> options)
{
    private readonly Lock gate = new();
    private volatile string? preferred = options.Value.Default;
    private volatile ImmutableSortedDictionary<string, ModelEntry> models = ImmutableSortedDictionary.Create<string, ModelEntry>(StringComparer.Ordinal);

    /// <summary>By name.</summary>
    public IEnumerable<ModelEntry> All => models.Values;

    /// <summary>Every opened version of every model.</summary>
    public IEnumerable<ModelInstance> Instances => models.Values.SelectMany(model => model.Versions).Select(version => version.Instance).OfType<ModelInstance>();

    /// <summary>The model that answers requests which name none; null when there is none.</summary>
    public ModelEntry? Default => preferred is { } name ? Get(name) : null;

    public ModelEntry? Get(string name) => models.GetValueOrDefault(name);

    /// <summary>Makes a model the default, unless there is one.</summary>
    public void Adopt(string name) => preferred ??= name;

    /// <summary>Puts what <paramref name="change"/> makes of the entry called <paramref name="name"/>, or of null, in its place; null removes it.</summary>
    /// <returns>The entry before.</returns>
    public ModelEntry? Change(string name, Func<ModelEntry?, ModelEntry?> change)
    {
        lock (gate)
        {
            ModelEntry? before = models.GetValueOrDefault(name);
            models = change(before) is { } after ? models.SetItem(name, after) : models.Remove(name);
            return before;
        }
    }

    /// <summary>Finds a version of a model.</summary>
    /// <param name="name">Its name; null for the default model.</param>
    /// <param name="version">Its version; null for the highest that is ready.</param>
    /// <exception cref="RequestErrorException">There is no such model or version.</exception>
    public (ModelEntry Model, ModelVersion Version) Find(string? name, string? version)
    {
        ModelEntry model = (name is null ? Default : Get(name)) ?? throw new RequestErrorException(new(ErrorCode.UnknownModel, Missing(name)));
        return (model, version is null
            ? model.Default
            : model.Versions.FirstOrDefault(known => known.Version == version)
                ?? throw new RequestErrorException(new(
                    ErrorCode.UnknownVersion, $"Model '{model.Name}' has no version '{Short(version)}'; {Known(model.Versions.Select(known => known.Version))}.")));
    }

    private string Missing(string? name)
    {
        string known = Known(models.Keys);
        return name is not null ? $"There is no model '{Short(name)}'; {known}."
            : preferred is not null ? $"The default model, '{preferred}', is not loaded; {known}. Name one with ?model=."
            : $"The request names no model, and Models:Default names none; {known}. Name one with ?model=.";
    }

    private static string Known(IEnumerable<string> names) => $"known: {string.Join(", ", names)}";

    private static string Short(string name) => name.Length <= 64 ? name : name[..64] + "...";
}
