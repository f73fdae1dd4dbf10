using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using DiTask.Tests;
using static DiTask.Api.Tests.OpenInference.InferBodies;

namespace DiTask.Api.Tests.Fuzz;

/// <summary>Binary requests of the Open Inference Protocol whose lengths lie.</summary>
internal static class BinaryCases
{
    private const int FloatBytes = 4 * 3 * FakeModel.Size * FakeModel.Size;

    private static readonly byte[] Image = Pictures.Gray(9, 8, 8);

    private static readonly string[] Numbers =
        ["-1", "0", "1", "2", "16", "17", "2147483647", "2147483648", "4294967295", "4294967297", "9223372036854775807", "9223372036854775808", "1e3", "1.5", "\"1\"", "null", "[]", "{}", "true"];

    private static readonly string[] Shapes =
    [
        "[1,1]", "[1]", "[2,1]", "[0,1]", "[]", "[1,1,1]", "[-1,1]", "[1,2]", "[4294967296,4294967296]", "[9223372036854775807,2]", "[2147483648,2147483648,2]", "[1,-1]", "[1.5,1]", "7",
        "[1,3,32,32]", "[2,3,32,32]", "[1,3,32,33]", "[1,3,4294967327,32]", "[65536,3,65536,65536]",
    ];

    private static readonly string[] Rests =
    [
        "", ",\"outputs\":[{\"name\":\"depth\"}]", ",\"outputs\":[{\"name\":\"depth\",\"parameters\":{\"binary_data\":true}}]", ",\"parameters\":{\"binary_data_output\":true}",
        ",\"outputs\":[{\"name\":\"none\"}]", ",\"parameters\":{\"timeout\":1e30}", ",\"parameters\":{\"timeout\":60000000}", ",\"outputs\":[{\"name\":\"sal\",\"parameters\":{\"shared_memory_region\":\"x\"}}]",
        ",\"id\":\"x\"", ",\"inputs\":[]",
    ];

    public static FuzzCase Make(Random random)
    {
        bool isTensor = random.Next(3) == 0;
        byte[] tensor = Tensor(random, isTensor);
        string size = random.Next(3) > 0 ? Text(tensor.Length) : random.Next(3) > 0 ? Text(tensor.Length + random.Next(-2, 3)) : Numbers[random.Next(Numbers.Length)];
        string shape = random.Next(3) > 0 ? (isTensor ? "[1,3,32,32]" : "[1,1]") : Shapes[random.Next(Shapes.Length)];
        (string name, string type) = isTensor ? ("INPUT", "FP32") : ("IMAGE", "BYTES");
        string input = $$$"""{"name":"{{{name}}}","datatype":"{{{type}}}","shape":{{{shape}}},"parameters":{"binary_data_size":{{{size}}} } }""";
        string json = $$"""{"inputs":[{{input}}]{{Rests[random.Next(Rests.Length)]}} }""";
        byte[] head = Encoding.UTF8.GetBytes(json);
        byte[] body = [.. head, .. tensor];
        if (random.Next(4) == 0)
        {
            body = Mutator.Damage(random, body, [body]);
        }

        string length = random.Next(4) > 0 ? Text(head.Length) : random.Next(3) > 0 ? Text(head.Length + random.Next(-3, 4)) : Numbers[random.Next(Numbers.Length)];
        return new FuzzCase(isTensor ? "/v2/models/fake_tensor/infer" : "/v2/models/fake/infer", body, random.Next(2) == 0 ? null : "application/octet-stream")
        {
            Headers = random.Next(20) == 0 ? [] : [(LengthHeader, length)],
            Expected = [200, 400, 413, 501],
        };
    }

    private static byte[] Tensor(Random random, bool isTensor)
    {
        if (isTensor)
        {
            byte[] floats = new byte[FloatBytes + (random.Next(4) == 0 ? random.Next(-5, 6) : 0)];
            random.NextBytes(floats);
            return floats;
        }

        byte[] elements = Elements([.. Enumerable.Repeat(Image, random.Next(4) == 0 ? random.Next(0, 4) : 1)]);
        if (elements.Length >= 4 && random.Next(3) == 0)
        {
            // A length that runs past the tensor, or is negative where it is read as signed.
            uint lie = (uint)(random.Next(2) == 0 ? Image.Length + random.Next(-2, 3) : random.Next(int.MinValue, int.MaxValue));
            BinaryPrimitives.WriteUInt32LittleEndian(elements, lie);
        }

        return elements;
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
