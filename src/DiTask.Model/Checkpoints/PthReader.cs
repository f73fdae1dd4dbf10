using System.IO.Hashing;
using System.Text;
using DiTask.Model.Checkpoints.Pickle;

namespace DiTask.Model.Checkpoints;

/// <summary>The zip container of <c>torch.save</c>: <c>NAME/data.pkl</c> and one entry <c>NAME/data/KEY</c> per storage.</summary>
internal static class PthReader
{
    public static TorchArchive Read(ByteSource source)
    {
        ZipDirectory zip = ZipDirectory.Read(source);
        string root = FindRoot(source, zip);
        CheckByteOrder(source, zip, root);
        StorageRegion pickle = zip.Locate(zip.Entries[root + "data.pkl"]);
        if (pickle.Length > TorchArchive.MaxPickleBytes)
        {
            throw source.Fail("the pickle is too large", pickle.Offset, pickle.Name, $"at most {TorchArchive.MaxPickleBytes} bytes", $"{pickle.Length}");
        }

        object? value = PickleMachine.Run(new PickleInput(source, ReadChecked(pickle), pickle.Offset));
        return new TorchArchive(source, value, storage => LocateStorage(source, zip, root, storage));
    }

    private static StorageRegion LocateStorage(ByteSource source, ZipDirectory zip, string root, StorageReference storage)
    {
        string name = $"{root}data/{storage.Key}";
        if (!zip.Entries.TryGetValue(name, out ZipEntry? entry))
        {
            throw source.Fail("a storage is missing", storage.At, name, "an entry of the zip", "none");
        }

        StorageRegion region = zip.Locate(entry);
        if (storage.Count > region.Length / storage.Element.Bytes)
        {
            throw source.Fail(
                "a storage is shorter than the pickle claims", region.Offset, name,
                $"{storage.Count} elements of {storage.Element.Name}", $"{region.Length} bytes");
        }

        return region;
    }

    private static string FindRoot(ByteSource source, ZipDirectory zip)
    {
        string[] pickles = [.. zip.Entries.Keys.Where(name => name.EndsWith("/data.pkl", StringComparison.Ordinal) && name.IndexOf('/') == name.LastIndexOf('/'))];
        if (pickles.Length != 1)
        {
            string first = string.Join(", ", zip.Entries.Keys.Take(3));
            throw source.Fail("is no checkpoint of torch.save", 0, expected: "one 'NAME/data.pkl' in the zip", found: $"{pickles.Length} among {zip.Entries.Count} entries ({first})");
        }

        string root = pickles[0][..^"data.pkl".Length];
        if (zip.Entries.ContainsKey(root + "constants.pkl"))
        {
            throw source.Fail("is a TorchScript program", 0, root + "constants.pkl", "a state dict of torch.save", "code");
        }

        return root;
    }

    private static void CheckByteOrder(ByteSource source, ZipDirectory zip, string root)
    {
        if (zip.Entries.TryGetValue(root + "byteorder", out ZipEntry? entry))
        {
            StorageRegion region = zip.Locate(entry);
            string order = region.Length > 16 ? $"{region.Length} bytes" : Encoding.ASCII.GetString(ReadChecked(region));
            if (order != "little")
            {
                throw source.Fail("has a byte order that is not read", region.Offset, entry.Name, "little", order);
            }
        }
    }

    private static byte[] ReadChecked(StorageRegion region)
    {
        byte[] bytes = region.Source.Read(region.Offset, (int)region.Length);
        uint crc = Crc32.HashToUInt32(bytes);
        return crc == region.Crc32
            ? bytes
            : throw region.Source.Fail(
                "does not have its checksum: the file is damaged, or was written with checksums switched off",
                region.Offset, region.Name, $"CRC-32 {region.Crc32:x8}", $"{crc:x8}");
    }
}
