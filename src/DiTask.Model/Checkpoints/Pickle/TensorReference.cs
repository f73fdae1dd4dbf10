namespace DiTask.Model.Checkpoints.Pickle;

/// <summary>A tensor: a strided view of a storage.</summary>
/// <param name="Storage">What it views.</param>
/// <param name="Element">Element type, which may differ from that of an untyped storage.</param>
/// <param name="FirstElement">Offset in elements.</param>
/// <param name="Shape">Sizes.</param>
/// <param name="Strides">Strides in elements.</param>
internal sealed record TensorReference(
    StorageReference Storage, ElementType Element, long FirstElement, IReadOnlyList<long> Shape, IReadOnlyList<long> Strides);
