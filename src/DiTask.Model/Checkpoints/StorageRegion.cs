namespace DiTask.Model.Checkpoints;

/// <summary>The bytes of one storage; several tensors may view it.</summary>
/// <param name="Source">The file.</param>
/// <param name="Name">Zip entry, storage key or tensor name, for messages.</param>
/// <param name="Offset">First byte in the file.</param>
/// <param name="Length">Bytes; the region lies inside the file.</param>
/// <param name="Crc32">Checksum of the bytes where the container has one.</param>
internal sealed record StorageRegion(ByteSource Source, string Name, long Offset, long Length, uint? Crc32 = null);
