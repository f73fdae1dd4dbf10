using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace DiTask.Tests;

/// <summary>A little-endian C-order <c>.npy</c> array of a golden file. Test code: trusts its input.</summary>
internal sealed class Npy(string descr, int[] shape, byte[] bytes)
{
    public string Descr { get; } = descr;

    public int[] Shape { get; } = shape;

    public byte[] Bytes { get; } = bytes;

    public float[] Singles => Descr switch
    {
        "<f4" => MemoryMarshal.Cast<byte, float>(Bytes).ToArray(),
        _ => [.. Doubles.Select(value => (float)value)],
    };

    public double[] Doubles => Descr switch
    {
        "<f8" => MemoryMarshal.Cast<byte, double>(Bytes).ToArray(),
        "<f4" => [.. MemoryMarshal.Cast<byte, float>(Bytes).ToArray().Select(value => (double)value)],
        "|u1" => [.. Bytes.Select(value => (double)value)],
        "<i8" => [.. MemoryMarshal.Cast<byte, long>(Bytes).ToArray().Select(value => (double)value)],
        _ => throw new NotSupportedException(Descr),
    };

    public static Npy Read(string path) => Parse(File.ReadAllBytes(path));

    public static Npy Parse(byte[] file)
    {
        int headerStart = file[6] == 1 ? 10 : 12;
        int headerBytes = file[6] == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(8)) : BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(8));
        string header = Encoding.ASCII.GetString(file, headerStart, headerBytes);
        string descr = Regex.Match(header, "'descr': '([^']+)'").Groups[1].Value;
        int[] shape = [.. Regex.Match(header, @"'shape': \(([^)]*)\)").Groups[1].Value
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(text => int.Parse(text, CultureInfo.InvariantCulture))];
        return new Npy(descr, shape, file[(headerStart + headerBytes)..]);
    }
}
