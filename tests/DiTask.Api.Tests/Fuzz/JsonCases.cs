using System.Text;
using DiTask.Tests;

namespace DiTask.Api.Tests.Fuzz;

/// <summary>JSON that is not, and JSON that nobody should send.</summary>
internal static class JsonCases
{
    private const int DeepestNesting = 3000;
    private const int LongestText = 100_000;

    private static readonly byte[] Image = Pictures.Gray(9, 8, 8);

    private static readonly string[] Predict =
    [
        """{"images":[{"data":$DATA}],"tasks":["depth"]}""",
        """{"images":[{"id":"a","data":$DATA},{"data":$DATA}],"tasks":["semseg","depth"],"options":{"size":"model","maps":"none"}}""",
        """{"images":[{"id":$VALUE,"data":$DATA}]}""",
        """{"images":[$VALUE],"tasks":$VALUE,"options":$VALUE}""",
        """{"images":[{"data":$VALUE}],"options":{"size":$VALUE,"overlay":$VALUE}}""",
        """{"images":[{"data":$DATA}],"options":{$NAME:$VALUE}}""",
        """{"images":[{"data":$DATA,$NAME:$VALUE}],$NAME:$VALUE}""",
        """{"images":[{"data":$DATA}],"images":[{"data":$DATA}]}""",
        "$VALUE",
    ];

    private static readonly string[] Infer =
    [
        """{"inputs":[{"name":"IMAGE","datatype":"BYTES","shape":[1,1],"data":[$DATA]}],"outputs":[{"name":"depth"}]}""",
        """{"id":$VALUE,"inputs":[{"name":"IMAGE","datatype":"BYTES","shape":[$VALUE,1],"data":[$DATA]}]}""",
        """{"inputs":[{"name":"IMAGE","datatype":$VALUE,"shape":$VALUE,"data":$VALUE,"parameters":$VALUE}]}""",
        """{"inputs":[{"name":$VALUE}],"outputs":$VALUE,"parameters":$VALUE}""",
        """{"inputs":$VALUE,"parameters":{$NAME:$VALUE}}""",
        """{"inputs":[{"name":"IMAGE","datatype":"BYTES","shape":[1],"data":[[[$VALUE]]]}],"outputs":[{"name":$VALUE}]}""",
    ];

    private static readonly string[] Names =
        ["\"\"", "\"data\"", "\"siez\"", "\"timeout\"", "\"binary_data_output\"", "\"sequence_id\"", "\"\\ud83d\"", "\"a\\u0000b\"", "\"" + new string('n', 39) + "\U0001F600\"", "7"];

    private static readonly string[] Values =
    [
        "null", "true", "-1", "0", "1", "1e999", "-1e-999", "9223372036854775808", "123456789012345678901234567890", "NaN", "Infinity", "01", "1.", ".5",
        "\"\"", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\x\"", "\"AA A\"", "\"AAA\"", "\"data:image/png;base64,\"", "\"data:,\"", "\"" + "\u00e9\U0001F600" + "\"",
        "[]", "[[]]", "{}", "{\"a\":1,\"a\":2}", "[1,]", "/* comment */ 1", "'single'", "\"unterminated", "undefined", "\"4x4\"", "[null]", "[\"depth\",7]", "[-1]", "[1,1,1,1,1,1,1,1]",
    ];

    public static FuzzCase MakePredict(Random random) => new("/predict", Make(random, Predict), "application/json") { Expected = [200, 400, 413, 415, 422] };

    public static FuzzCase MakeInfer(Random random) =>
        new("/v2/models/fake/infer", Make(random, Infer), random.Next(2) == 0 ? null : "application/json") { Expected = [200, 400, 413, 501] };

    private static byte[] Make(Random random, string[] templates)
    {
        string text = templates[random.Next(templates.Length)];
        for (int at = text.IndexOf('$'); at >= 0; at = text.IndexOf('$'))
        {
            string name = text[(at + 1)..(at + 5)];
            int length = name is "VALU" ? "$VALUE".Length : "$DATA".Length;
            text = text[..at] + (name switch { "DATA" => Data(random), "NAME" => Names[random.Next(Names.Length)], _ => Value(random) }) + text[(at + length)..];
        }

        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return random.Next(6) switch
        {
            0 => Mutator.Damage(random, bytes, [bytes]),
            1 when random.Next(8) == 0 => [0xEF, 0xBB, 0xBF, .. bytes],
            _ => bytes,
        };
    }

    private static string Data(Random random) =>
        random.Next(4) == 0 ? $"\"{Convert.ToBase64String(Mutator.Damage(random, Image, [Image]))}\"" : $"\"{Convert.ToBase64String(Image)}\"";

    private static string Value(Random random) => random.Next(12) switch
    {
        0 => new string('[', random.Next(DeepestNesting)) + new string(']', random.Next(DeepestNesting)),
        1 => string.Concat(Enumerable.Repeat("{\"a\":", random.Next(40))) + "1" + new string('}', random.Next(40)),
        2 => "\"" + new string('A', random.Next(LongestText)) + "\"",
        3 => "\"" + string.Concat(Enumerable.Repeat("\\u00e9\\n", random.Next(1000))) + "\"",
        4 => new string('9', random.Next(1, 5000)),
        _ => Values[random.Next(Values.Length)],
    };
}
