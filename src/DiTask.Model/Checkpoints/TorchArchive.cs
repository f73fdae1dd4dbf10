using DiTask.Model.Checkpoints.Pickle;

namespace DiTask.Model.Checkpoints;

/// <summary>What both containers of <c>torch.save</c> give: the pickled object, and where its storages lie.</summary>
/// <param name="Source">The file.</param>
/// <param name="Root">The pickled object.</param>
/// <param name="Locate">Bytes of a storage; throws when the file does not hold them.</param>
internal sealed record TorchArchive(ByteSource Source, object? Root, Func<StorageReference, StorageRegion> Locate)
{
    // A pickle of the largest model with its optimizer takes under a megabyte; tensors lie outside it.
    public const int MaxPickleBytes = 32 << 20;
}
