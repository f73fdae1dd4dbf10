namespace DiTask.Tests.Data;

/// <summary>A PASCAL_MT folder of three pictures, 12 x 10, as the archive is laid out.</summary>
internal sealed class PascalFixture : IDisposable
{
    public const int Width = 12;
    public const int Height = 10;

    private static readonly string[] ObjectFields = ["class", "class_ind", "bbox", "mask", "parts"];
    private static readonly string[] PartFields = ["part_name", "mask"];

    private readonly TemporaryFolder folder = new();

    public PascalFixture()
    {
        Pictures.WriteText(folder["ImageSets/Context/train.txt"], "2008_000002\n2008_000003\n");
        Pictures.WriteText(folder["ImageSets/Context/val.txt"], "2008_000004\r\n");
        foreach (string id in (string[])["2008_000002", "2008_000003", "2008_000004"])
        {
            WritePicture(id);
        }
    }

    public string Path => folder.Path;

    public string this[string name] => folder[name];

    public void Dispose() => folder.Dispose();

    private void WritePicture(string id)
    {
        // Whatever the name says: the decoder goes by the bytes.
        Pictures.WriteImage(folder[$"JPEGImages/{id}.jpg"], Pictures.Image(Width, Height, (x, y) => (x * 20, y * 20, 50)));
        string semseg = id == "2008_000003" ? "pascal-context" : "VOC12";
        Pictures.WritePng(folder[$"semseg/{semseg}/{id}.png"], Width, Height, 8, (x, _) => x == 0 ? 255 : x < 6 ? 15 : 20, indexed: true);
        Pictures.WritePng(folder[$"sal_distill/{id}.png"], Width, Height, 8, (x, _) => x < 6 ? 127 : 128);
        Pictures.WriteImage(folder[$"normals_distill/{id}.png"], Pictures.Image(Width, Height, (_, _) => (255, 128, 128)));
        Directory.CreateDirectory(folder["human_parts"]);
        Directory.CreateDirectory(folder["pascal-context/trainval"]);
        // 2 is no trusted class, 3 is one.
        File.WriteAllBytes(folder[$"pascal-context/trainval/{id}.mat"], MatBuilder.File(true, MatBuilder.UInt16("LabelMap", Height, Width, (x, _) => x < 6 ? 2 : 3)));
        File.WriteAllBytes(folder[$"human_parts/{id}.mat"], MatBuilder.File(true, Annotation(people: id != "2008_000003")));
    }

    private static byte[] Annotation(bool people)
    {
        byte[] head = Mask((x, y) => x < 4 && y < 4), eye = Mask((x, y) => x == 1 && y == 1), foot = Mask((x, y) => y == 9), torso = Mask((x, y) => x is >= 2 and < 6 && y is >= 2 and < 6);
        byte[] parts = MatBuilder.Structure("", PartFields, [MatBuilder.Text("", "head"), head], [MatBuilder.Text("", "leye"), eye], [MatBuilder.Text("", "torso"), torso], [MatBuilder.Text("", "rfoot"), foot]);
        byte[] wheel = MatBuilder.Structure("", PartFields, [MatBuilder.Text("", "fwheel"), head]);
        byte[] car = Join("car", 7, wheel), person = Join("person", people ? (byte)15 : (byte)12, people ? parts : wheel), legless = Join("person", 15, MatBuilder.Structure("", PartFields));
        byte[] objects = MatBuilder.Structure("", ObjectFields, Split(car), Split(person), Split(legless));
        return MatBuilder.Structure("anno", ["imname", "objects"], [MatBuilder.Text("", "x"), objects]);

        byte[] Join(string name, byte index, byte[] own) =>
            [.. MatBuilder.Text("", name), .. MatBuilder.Scalar("", index), .. MatBuilder.Empty(), .. Mask((_, _) => true), .. own];
    }

    private static byte[][] Split(byte[] fields) => [fields];

    private static byte[] Mask(Func<int, int, bool> inside) => MatBuilder.UInt8("", Height, Width, (x, y) => inside(x, y) ? 1 : 0);
}
