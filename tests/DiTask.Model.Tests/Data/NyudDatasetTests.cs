using DiTask.Model.Data;
using DiTask.Model.Data.Folders;

namespace DiTask.Tests.Data;

public sealed class NyudDatasetTests
{
    [Theory]
    [InlineData(LengthUnit.Metres, 1500)]
    [InlineData(LengthUnit.Millimetres, 1.5f)]
    public void Load_EveryTask_IsWhatTheFilesHold(LengthUnit unit, float depth)
    {
        using TemporaryFolder folder = new();
        Pictures.WriteText(folder["gt_sets/val.txt"], "12\n");
        Pictures.WriteImage(folder["images/12.jpg"], Pictures.Image(4, 3, (x, y) => (x, y, 0)));
        Pictures.WritePng(folder["segmentation/12.png"], 4, 3, 8, (x, y) => (y * 4) + x == 0 ? 0 : 40);
        Pictures.WriteNpy(folder["depth/12.npy"], "<f4", [3, 4], 0f, 1500, 1500, 1500, 1500, 1500, 1500, 1500, 1500, 1500, 1500, float.NaN);
        Pictures.WriteNpy(folder["normals/12.npy"], "<f8", [3, 4, 3], [.. Enumerable.Range(0, 36).Select(i => i is < 3 ? 0.0 : i % 3 == 2 ? 1 : 0)]);
        Pictures.WriteNpy(folder["edge/12.npy"], "|u1", [3, 4], new byte[] { 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 });

        FolderDataset dataset = DatasetFolder.Open(folder.Path, "val", new DatasetOptions { NyudDepthUnit = unit });
        using Sample sample = dataset.Load(0);

        Assert.IsType<NyudDataset>(dataset);
        Assert.Equal((255, 39), (sample.Labels["semseg"].Values[0], sample.Labels["semseg"].Values[1]));
        Assert.Equal((255, depth, 255), (sample.Labels["depth"].Values[0], sample.Labels["depth"].Values[1], sample.Labels["depth"].Values[11]));
        Assert.Equal((255, 0, 1), (sample.Labels["normals"].Values[0], sample.Labels["normals"].Values[1], sample.Labels["normals"].Values[25]));
        Assert.Equal([1, 0, 0, 0], sample.Labels["edge"].Values[..4]);
    }

    [Fact]
    public void Load_NormalsOfAnotherShape_SaysWhatItExpected()
    {
        using TemporaryFolder folder = new();
        Pictures.WriteText(folder["gt_sets/val.txt"], "12\n");
        Pictures.WriteNpy(folder["normals/12.npy"], "<f4", [3, 2, 2], new float[12]);

        DatasetException error = Assert.Throws<DatasetException>(() => DatasetFolder.Open(folder.Path, "val", new DatasetOptions { Tasks = ["normals"] }).Load(0).Dispose());

        Assert.Contains("expected shape (height, width, 3); found (3, 2, 2)", error.Message, StringComparison.Ordinal);
    }
}
