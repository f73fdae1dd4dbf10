using System.Runtime.InteropServices;

namespace TorchSharp.Raw;

/// <summary>autograd.cpp, function.cpp and random.cpp.</summary>
internal static unsafe partial class Native
{
    // autograd.cpp
    [LibraryImport(Lib)] internal static partial int dt_backward(ReadOnlySpan<nint> tensors, long count, ReadOnlySpan<nint> gradients, long gradientCount, int retainGraph, int createGraph, ReadOnlySpan<nint> inputs, long inputCount);
    [LibraryImport(Lib)] internal static partial int dt_autograd_grad(ReadOnlySpan<nint> outputs, long outputCount, ReadOnlySpan<nint> inputs, long inputCount, ReadOnlySpan<nint> gradients, long gradientCount, int retainGraph, int createGraph, int allowUnused, Span<NewTensor> results);
    [LibraryImport(Lib)] internal static partial int dt_grad(TensorHandle x, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_set_grad(TensorHandle x, TensorHandle gradient);
    [LibraryImport(Lib)] internal static partial int dt_retain_grad(TensorHandle x);
    [LibraryImport(Lib)] internal static partial int dt_clip_grad_norm_(ReadOnlySpan<nint> parameters, long count, double maxNorm, double normType, out double norm);
    [LibraryImport(Lib)] internal static partial int dt_clip_grad_value_(ReadOnlySpan<nint> parameters, long count, double clipValue);

    // function.cpp
    [LibraryImport(Lib)] internal static partial int dt_node_new(delegate* unmanaged<nint, nint, NewTensor*, long, nint, int> backward, delegate* unmanaged<nint, void> release, nint state, ReadOnlySpan<nint> inputs, long inputCount, out nint result);
    [LibraryImport(Lib)] internal static partial void dt_node_free(nint node);
    [LibraryImport(Lib)] internal static partial int dt_node_attach(nint node, TensorHandle output, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_gradients_set(nint results, long index, TensorHandle gradient);
    [LibraryImport(Lib)] internal static partial int dt_saved_new(TensorHandle x, int isOutput, out nint result);
    [LibraryImport(Lib)] internal static partial void dt_saved_free(nint saved);
    [LibraryImport(Lib)] internal static partial int dt_saved_unpack(SavedTensor saved, nint node, out NewTensor result);

    // random.cpp
    [LibraryImport(Lib)] internal static partial int dt_generator_new(ulong seed, int deviceType, int deviceIndex, out nint result);
    [LibraryImport(Lib)] internal static partial int dt_generator_default(out nint result);
    [LibraryImport(Lib)] internal static partial void dt_generator_free(nint generator);
    [LibraryImport(Lib)] internal static partial int dt_generator_manual_seed(GeneratorHandle generator, long seed);
    [LibraryImport(Lib)] internal static partial int dt_generator_initial_seed(GeneratorHandle generator, out long seed);
    [LibraryImport(Lib)] internal static partial int dt_generator_get_state(GeneratorHandle generator, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_generator_set_state(GeneratorHandle generator, TensorHandle state);
    [LibraryImport(Lib)] internal static partial int dt_rand(ReadOnlySpan<long> sizes, long dimensions, GeneratorHandle generator, in TensorOptions options, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_randn(ReadOnlySpan<long> sizes, long dimensions, GeneratorHandle generator, in TensorOptions options, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_randint(long low, long high, ReadOnlySpan<long> sizes, long dimensions, GeneratorHandle generator, in TensorOptions options, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_randperm(long count, GeneratorHandle generator, in TensorOptions options, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_uniform_(TensorHandle x, double low, double high, GeneratorHandle generator);
    [LibraryImport(Lib)] internal static partial int dt_normal_(TensorHandle x, double mean, double std, GeneratorHandle generator);
    [LibraryImport(Lib)] internal static partial int dt_bernoulli(TensorHandle x, GeneratorHandle generator, out NewTensor result);
    [LibraryImport(Lib)] internal static partial int dt_bernoulli_(TensorHandle x, double p, GeneratorHandle generator);
    [LibraryImport(Lib)] internal static partial int dt_bernoulli_tensor_(TensorHandle x, TensorHandle p, GeneratorHandle generator);
}
