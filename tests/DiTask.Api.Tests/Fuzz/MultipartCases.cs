using System.Text;
using DiTask.Tests;

namespace DiTask.Api.Tests.Fuzz;

/// <summary>Forms with damaged framing, and forms that nobody should send.</summary>
internal static class MultipartCases
{
    public const string Type = "multipart/form-data; boundary=" + Boundary;
    private const string Boundary = "a-boundary";

    private static readonly int[] Expected = [200, 400, 413, 415, 422];

    private static readonly byte[] Image = Pictures.Gray(9, 8, 8);

    // Those in front are taken most often.
    private static readonly string[] Dispositions =
    [
        "form-data; name=\"image\"; filename=\"a.png\"", "form-data; name=image; filename=a.png", "form-data; name=\"image\"", "form-data; name=\"\"",
        "form-data", "form-data; filename=\"a.png\"", "attachment; name=\"image\"", "form-data; name=\"image\"; filename=\"..\\\\..\\\\etc\\\\passwd\"",
        "form-data; name=\"image\"; filename*=UTF-8''%E2%82%AC.png", "form-data; name=\"image\"; filename*=UTF-8''%ZZ", "form-data; name=\"image\"; filename=\"\"",
        "form-data; name=\"image\"; name=\"tasks\"", "form-data; name=\"tasks\"", "form-data; name=\"options\"", "form-data; name=\"size\"", "form-data; name=\"=?utf-8?B?aW1hZ2U=?=\"",
        "form-data; name=\"image\"; filename=\"\u00e9\u0001\"", "; ; ;", "",
    ];

    private static readonly string[] Values = ["", "depth", "semseg,depth", "{}", "{\"size\":\"model\"}", "[", "source", "99999999x99999999", "\0", "\u00ff\u00fe", "--", "--" + Boundary];

    private static readonly string[] Types =
    [
        Type, Type, Type, Type, "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=\"" + Boundary + "\"",
        "multipart/form-data; boundary=" + Boundary + "; charset=utf-8", "multipart/form-data; boundary=other", "MULTIPART/FORM-DATA; BOUNDARY=" + Boundary,
        "multipart/form-data; boundary=" + "abcdefghij-abcdefghij-abcdefghij-abcdefghij-abcdefghij-abcdefghij-abcdefghij", "multipart/mixed; boundary=" + Boundary, "multipart/form-data;;boundary==",
    ];

    /// <summary>A form with one image.</summary>
    public static byte[] Form(byte[] image) =>
        [.. Encoding.ASCII.GetBytes($"--{Boundary}\r\nContent-Disposition: {Dispositions[0]}\r\n\r\n"), .. image, .. Encoding.ASCII.GetBytes($"\r\n--{Boundary}--\r\n")];

    public static FuzzCase Make(Random random)
    {
        byte[] body = random.Next(5) switch
        {
            0 => Mutator.Damage(random, Form(Image), [Form(Image), Image]),
            > 1 => Parts(random, random.Next(1, 6)),
            _ => Mutator.Damage(random, Parts(random, random.Next(1, 4)), [Form(Image)]),
        };
        return new FuzzCase("/predict?stats=false", body, random.Next(4) == 0 ? Types[random.Next(Types.Length)] : Type) { Expected = Expected };
    }

    private static byte[] Parts(Random random, int count)
    {
        using MemoryStream body = new();
        string end = random.Next(8) == 0 ? "\n" : "\r\n";
        for (int i = 0; i < count; i++)
        {
            Write(body, $"--{Boundary}{end}Content-Disposition: {Dispositions[random.Next(random.Next(4) == 0 ? Dispositions.Length : 3)]}{end}");
            switch (random.Next(6))
            {
                case 0:
                    Write(body, $"X-Long: {new string('x', random.Next(40_000))}{end}");
                    break;
                case 1:
                    Write(body, string.Concat(Enumerable.Repeat("X-Many: y" + end, random.Next(100))));
                    break;
                case 2:
                    Write(body, $"Content-Type: image/png{end}Content-Transfer-Encoding: base64{end}");
                    break;
                case 3:
                    Write(body, $"Content-Type: multipart/mixed; boundary={Boundary}{end}");
                    break;
            }

            Write(body, end);
            body.Write(random.Next(3) > 0 ? Image : Encoding.Latin1.GetBytes(Values[random.Next(Values.Length)]));
            Write(body, end);
        }

        Write(body, random.Next(8) switch { 0 => "", 1 => $"--{Boundary}", 2 => $"--{Boundary}--", _ => $"--{Boundary}--\r\nbehind it" });
        return body.ToArray();
    }

    private static void Write(Stream body, string text) => body.Write(Encoding.Latin1.GetBytes(text));
}
