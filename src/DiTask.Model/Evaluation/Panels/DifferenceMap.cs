using DiTask.Model.Tasks;

namespace DiTask.Model.Evaluation.Panels;

/// <summary>Where and how much a prediction differs from the label.</summary>
/// <remarks>
/// Classes: 1 where they differ. Depth: metres, absolute. Normals: degrees. Saliency and edges: prediction minus label, in [-1, 1].
/// </remarks>
internal sealed class DifferenceMap
{
    private DifferenceMap(TaskInfo task, float[] values, double scale, string unit)
    {
        Values = values;
        Scale = scale;
        Unit = unit;
        IsSigned = task.Activation == TaskActivation.Sigmoid;
        IsBinary = task.Kind == TaskKind.Labels;
        double sum = 0;
        int count = 0;
        foreach (float value in values)
        {
            sum += float.IsNaN(value) ? 0 : value;
            count += float.IsNaN(value) ? 0 : 1;
        }

        Mean = sum / count;
    }

    /// <summary>[S, S]; NaN where nothing is known.</summary>
    public float[] Values { get; }

    /// <summary>The difference with the brightest colour.</summary>
    public double Scale { get; }

    /// <summary>Unit of the values.</summary>
    public string Unit { get; }

    /// <summary>Whether the values have a sign.</summary>
    public bool IsSigned { get; }

    /// <summary>Whether the values are 0 and 1 only.</summary>
    public bool IsBinary { get; }

    /// <summary>Mean over what is known; NaN of nothing.</summary>
    public double Mean { get; }

    /// <summary>The difference of two maps of <see cref="PanelMap"/>.</summary>
    public static DifferenceMap Of(TaskInfo task, float[] predicted, float[] labelled, PanelOptions options)
    {
        int plane = labelled.Length / (task.Kind == TaskKind.Vector ? task.Channels : 1);
        float[] values = new float[plane];
        for (int i = 0; i < plane; i++)
        {
            values[i] = task.Kind switch
            {
                _ when float.IsNaN(labelled[i]) => float.NaN,
                TaskKind.Labels => predicted[i] == labelled[i] ? 0 : 1,
                TaskKind.Vector => Angle(predicted, labelled, i, plane),
                _ when task.Activation == TaskActivation.Sigmoid => predicted[i] - labelled[i],
                _ => Math.Abs(predicted[i] - labelled[i]),
            };
        }

        (double scale, string unit) = task switch
        {
            { Kind: TaskKind.Vector } => (options.AngleDegrees, "deg"),
            { Kind: TaskKind.Scalar, Activation: TaskActivation.None } => (options.DepthErrorMetres, task.Unit ?? ""),
            _ => (1, ""),
        };
        return new DifferenceMap(task, values, scale, unit);
    }

    private static float Angle(float[] a, float[] b, int i, int plane)
    {
        double apart = 0, together = 0;
        for (int at = i; at < b.Length; at += plane)
        {
            apart += (a[at] - b[at]) * (a[at] - b[at]);
            together += (a[at] + b[at]) * (a[at] + b[at]);
        }

        return (float)double.RadiansToDegrees(2 * Math.Atan2(Math.Sqrt(apart), Math.Sqrt(together)));
    }
}
