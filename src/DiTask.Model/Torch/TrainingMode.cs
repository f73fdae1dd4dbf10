using TorchSharp;

namespace DiTask.Model.Torch;

/// <summary>How a training step differs from inference, beside batch statistics in place of stored ones.</summary>
/// <param name="DropPath">Share of rows whose branch the last block drops; it rises to that from 0 in the first.</param>
/// <param name="Products">Type that matrix products and convolutions are computed in; null for float32 throughout.</param>
internal sealed record TrainingMode(double DropPath, torch.ScalarType? Products);
