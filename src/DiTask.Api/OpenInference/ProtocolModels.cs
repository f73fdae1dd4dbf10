using DiTask.Api.Models;
using DiTask.Api.Problems;

namespace DiTask.Api.OpenInference;

/// <summary>Models by the protocol's names.</summary>
internal sealed class ProtocolModels(ModelHost host, ModelCatalog catalog)
{
    /// <summary>Every opened version of every model, by name and from lowest to highest.</summary>
    public IReadOnlyList<ProtocolModel> All =>
        [.. catalog.Instances.SelectMany(instance => (ProtocolModel[])[new(instance, IsTensor: false), new(instance, IsTensor: true)])];

    /// <summary>Names of the models of which a version is opened.</summary>
    public IEnumerable<string> Names => All.Select(model => model.Name).Distinct();

    public bool IsReady => host.IsReady;

    public bool IsLive => host.IsLive;

    /// <summary>An opened version of a model.</summary>
    /// <exception cref="RequestErrorException">No such model or version, or it is not opened yet.</exception>
    public ProtocolModel Find(string name, string? version)
    {
        (string served, bool isTensor) = Split(name);
        return new ProtocolModel(host.FindOpened(served, version), isTensor);
    }

    /// <summary>An opened version of a model, or all of them.</summary>
    /// <exception cref="RequestErrorException">No such model or version, or it is not opened yet.</exception>
    public IReadOnlyList<ProtocolModel> FindAll(string name, string? version)
    {
        ProtocolModel found = Find(name, version);
        return version is not null ? [found] : [.. All.Where(model => model.Name == found.Name)];
    }

    /// <summary>A version that answers requests, and the lease that keeps it.</summary>
    /// <exception cref="RequestErrorException">No such model or version, or it does not answer requests now.</exception>
    public ProtocolModel Lease(string name, string? version, out ModelLease lease)
    {
        (string served, bool isTensor) = Split(name);
        lease = host.Lease(served, version);
        return new ProtocolModel(lease.Instance, isTensor);
    }

    /// <summary>Whether a version answers requests now.</summary>
    /// <exception cref="RequestErrorException">No such model or version.</exception>
    public bool IsReadyModel(string name, string? version) => host.StateOf(host.Find(Split(name).Name, version).Version) == ModelState.Ready;

    /// <summary>Opened versions of a model, from lowest to highest.</summary>
    public IEnumerable<string> Versions(ProtocolModel model) =>
        catalog.Get(model.Instance.Name)?.Versions.Where(version => version.Instance is not null).Select(version => version.Version) ?? [];

    private static (string Name, bool IsTensor) Split(string name) => name.EndsWith(ServedModel.TensorSuffix, StringComparison.Ordinal)
        ? (name[..^ServedModel.TensorSuffix.Length], true)
        : (name, false);
}
