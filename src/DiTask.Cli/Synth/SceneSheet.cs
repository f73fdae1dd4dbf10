using DiTask.Model.Data;
using DiTask.Model.Tasks;
using DiTask.Model.Vision;
using DiTask.Synth.Data;

namespace DiTask.Cli.Synth;

/// <summary>Scenes and their labels side by side. Grey chequers: not known.</summary>
internal static class SceneSheet
{
    /// <summary>Writes the sheet and disposes the samples.</summary>
    public static void Write(string path, IReadOnlyList<Sample> samples)
    {
        int size = samples[0].Image.Width;
        using SynthSheet sheet = new(SynthTasks.All.Count + 1, samples.Count, size);
        sheet.Title(0, "picture");
        for (int task = 0; task < SynthTasks.All.Count; task++)
        {
            sheet.Title(task + 1, SynthTasks.All[task].Name);
        }

        for (int row = 0; row < samples.Count; row++)
        {
            using Sample sample = samples[row];
            sheet.Draw(0, row, sample.Image);
            for (int task = 0; task < SynthTasks.All.Count; task++)
            {
                TaskInfo info = SynthTasks.All[task];
                float[] values = sample.Labels.TryGetValue(info.Name, out LabelMap? map) ? map.Values : Unknown(info, size);
                using RgbImage painted = LabelPainter.Paint(info, values, size, size);
                sheet.Draw(task + 1, row, painted);
            }
        }

        sheet.Save(path);
    }

    private static float[] Unknown(TaskInfo task, int size)
    {
        float[] values = new float[(task.Kind == TaskKind.Vector ? 3 : 1) * size * size];
        values.AsSpan().Fill(LabelMap.Void);
        return values;
    }
}
