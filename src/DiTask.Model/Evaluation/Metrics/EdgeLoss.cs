namespace DiTask.Model.Evaluation.Metrics;

/// <summary>The authors' only number for edges: their training loss, fed with probabilities where it expects logits.</summary>
/// <remarks>Unknown pixels count as edges, as they do there. <b>Source:</b> evaluation/eval_edge.py, mtl_loss_schemes.py @7541c55.</remarks>
internal sealed class EdgeLoss
{
    private const double PositiveWeight = 0.95;

    private double sum;
    private long count;

    /// <summary>Mean over all pixels of the set.</summary>
    public double Mean => sum / count;

    /// <summary>Adds pixels.</summary>
    public void Add(ReadOnlySpan<float> output, ReadOnlySpan<float> label)
    {
        count += output.Length;
        for (int i = 0; i < output.Length; i++)
        {
            bool isEdge = label[i] >= 0.5f;
            double margin = isEdge ? output[i] : -output[i];
            double loss = Math.Max(-margin, 0) + double.LogP1(Math.Exp(-Math.Abs(margin)));
            sum += (isEdge ? PositiveWeight : 1 - PositiveWeight) * loss;
        }
    }

    public void Merge(EdgeLoss other)
    {
        sum += other.sum;
        count += other.count;
    }
}
