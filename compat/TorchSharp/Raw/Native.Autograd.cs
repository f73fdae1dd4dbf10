using System.Runtime.InteropServices;

namespace TorchSharp.Raw;

/// <summary>autograd.cpp and random.cpp.</summary>
internal static unsafe partial class Native
{
    // autograd.cpp
    [LibraryImport(Lib)] internal static partial int dt_backward(ReadOnlySpan<nint> tensors, long count, ReadOnlySpan<nint> gradients, long gradientCount, int retainGraph, int createGraph, ReadOnlySpan<nint> inputs, long inputCount);
    [LibraryImport(Lib)] internal static partial int dt_autograd_grad(ReadOnlySpan<nint> outputs, long outputCount, ReadOnlySpan<nint> inputs, long inputCount, ReadOnlySpan<nint> gradients, long gradientCount, int retainGraph, int createGraph, int allowUnused, Span<NewTensor> results);
    [LibraryImport(Lib)] internal static partial int dt_grad(TensorHandle x, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_set_grad(TensorHandle x, TensorHandle gradient);
    [LibraryImport(Lib)] internal static partial int dt_clip_grad_norm_(ReadOnlySpan<nint> parameters, long count, double maxNorm, double normType, out double norm);

    // random.cpp
    [LibraryImport(Lib)] internal static partial int dt_generator_new(ulong seed, int deviceType, int deviceIndex, out nint result);
    [LibraryImport(Lib)] internal static partial int dt_generator_default(out nint result);
    [LibraryImport(Lib)] internal static partial void dt_generator_free(nint generator);
    [LibraryImport(Lib)] internal static partial int dt_generator_manual_seed(GeneratorHandle generator, long seed);
    [LibraryImport(Lib)] internal static partial int dt_rand(ReadOnlySpan<long> sizes, long dimensions, GeneratorHandle generator, in TensorOptions options, out NewTensor result);
}
