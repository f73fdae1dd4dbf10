namespace DiTask.Model.Checkpoints.Pickle;

/// <summary>A storage that lies outside the pickle.</summary>
/// <param name="Key">Its name among the storages of the file.</param>
/// <param name="Element">Element type.</param>
/// <param name="Count">Elements that the pickle claims.</param>
/// <param name="FirstElement">Where a view of another storage begins; only the oldest files have such views.</param>
/// <param name="At">Byte of the pickle that names it.</param>
internal sealed record StorageReference(string Key, ElementType Element, long Count, long FirstElement, long At);
