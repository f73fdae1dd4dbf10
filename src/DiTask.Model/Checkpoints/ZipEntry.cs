namespace DiTask.Model.Checkpoints;

/// <summary>An uncompressed file inside a zip.</summary>
/// <param name="Name">Path inside the zip.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Crc32">Checksum of the bytes.</param>
/// <param name="HeaderOffset">Where its local header lies in the file.</param>
internal sealed record ZipEntry(string Name, long Length, uint Crc32, long HeaderOffset);
