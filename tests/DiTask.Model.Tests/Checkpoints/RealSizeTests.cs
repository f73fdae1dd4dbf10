using DiTask.Model.Checkpoints;
using DiTask.Model.Config;

namespace DiTask.Tests.Checkpoints;

/// <summary>The released tiny configuration at its real size, 118 MB, with seeded weights.</summary>
[Trait("Category", "Slow")]
public sealed class RealSizeTests
{
    [Fact]
    public void Inspect_TinyAt448_CountsWhatTheReferenceCounts()
    {
        using var folder = new TemporaryFolder();
        ModelConfig tiny = ModelPresets.Create("tiny", ("semseg", 21), ("normals", 3), ("sal", 1), ("human_parts", 7));
        SeededCheckpoint.Write(folder["ditask_tiny_448_r64.pth"], tiny);
        using CheckpointFile file = CheckpointFile.Open(folder["ditask_tiny_448_r64.pth"]);

        CheckpointReport report = CheckpointReport.Of(file);

        Assert.Empty(report.Problems);
        Assert.Equal(("ditask", "tiny", "pascal", 383), (report.Kind, report.Size, report.DataSet, report.Tensors));
        Assert.Equal(448, report.Backbone!.ImageSize);
        Assert.Equal(new ParameterCounts(29_467_754, 3_549_482, 3_312, 333, 1_946_624, 1_599_546), report.Parameters);
    }
}
