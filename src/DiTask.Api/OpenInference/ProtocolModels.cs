using DiTask.Api.Models;
using DiTask.Api.Problems;

namespace DiTask.Api.OpenInference;

/// <summary>Models by the protocol's names.</summary>
internal sealed class ProtocolModels(ModelHost host)
{
    /// <summary>Every model that is known by now.</summary>
    public IReadOnlyList<ProtocolModel> All => host.Current is { } served ? [new(served, IsTensor: false), new(served, IsTensor: true)] : [];

    public bool IsReady => host.IsReady;

    public bool IsLive => host.IsLive;

    /// <exception cref="RequestErrorException">No such model or version, or none is known yet.</exception>
    public ProtocolModel Find(string name, string? version)
    {
        IReadOnlyList<ProtocolModel> all = All;
        if (all.Count == 0)
        {
            throw new RequestErrorException(host.UnavailableError());
        }

        ProtocolModel model = all.FirstOrDefault(model => model.Name == name)
            ?? throw new RequestErrorException(new(
                ErrorCode.UnknownModel, $"Known models are {string.Join(", ", all.Select(model => model.Name))}; found '{name}'."));
        return version is null || version == model.Version
            ? model
            : throw new RequestErrorException(new(ErrorCode.UnknownVersion, $"Model '{name}' has version {model.Version}; found '{version}'."));
    }
}
