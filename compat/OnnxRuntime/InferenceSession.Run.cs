using Microsoft.ML.OnnxRuntime.Handles;
using Microsoft.ML.OnnxRuntime.Raw;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>Runs. Run options may be null; every native object that takes part stays alive until the run ends.</summary>
public sealed unsafe partial class InferenceSession
{
    public IDisposableReadOnlyCollection<OrtValue> Run(
        RunOptions? runOptions, IReadOnlyDictionary<string, OrtValue> inputs, IReadOnlyCollection<string> outputNames)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return Run(runOptions, inputs.Keys.ToArray(), inputs.Values.ToArray(), outputNames);
    }

    /// <summary>Runs into values that the library allocates and the caller disposes.</summary>
    public IDisposableReadOnlyCollection<OrtValue> Run(
        RunOptions? runOptions,
        IReadOnlyCollection<string> inputNames,
        IReadOnlyCollection<OrtValue> inputValues,
        IReadOnlyCollection<string> outputNames)
    {
        ArgumentNullException.ThrowIfNull(outputNames);
        using var session = new SharedReference(Handle);
        nint[] produced = new nint[outputNames.Count];
        RunInto(produced, runOptions, inputNames, inputValues, outputNames, outputValues: []);
        var results = new DisposableList<OrtValue>(produced.Length);
        foreach (nint value in produced)
        {
            results.Add(new OrtValue(value, session.Retain()));
        }

        return results;
    }

    /// <summary>Runs into values that exist already; their shapes and types must be the outputs'.</summary>
    public void Run(
        RunOptions? runOptions,
        IReadOnlyCollection<string> inputNames,
        IReadOnlyCollection<OrtValue> inputValues,
        IReadOnlyCollection<string> outputNames,
        IReadOnlyCollection<OrtValue> outputValues)
    {
        ArgumentNullException.ThrowIfNull(outputNames);
        ArgumentNullException.ThrowIfNull(outputValues);
        ThrowIfCountsDiffer(outputNames.Count, outputValues.Count, nameof(outputNames), nameof(outputValues));
        RunInto(new nint[outputNames.Count], runOptions, inputNames, inputValues, outputNames, outputValues);
    }

    public OrtIoBinding CreateIoBinding() => new(this);

    public void RunWithBinding(RunOptions? runOptions, OrtIoBinding ioBinding)
    {
        ArgumentNullException.ThrowIfNull(ioBinding);
        using var held = new References(capacity: 2);
        ioBinding.Run(held.Add(Handle), runOptions is null ? 0 : held.Add(runOptions.Handle));
    }

    public IDisposableReadOnlyCollection<OrtValue> RunWithBoundResults(RunOptions? runOptions, OrtIoBinding ioBinding)
    {
        RunWithBinding(runOptions, ioBinding);
        return ioBinding.GetOutputValues();
    }

    /// <param name="results">Takes the outputs' pointers; where <paramref name="outputValues"/> is empty the library makes them.</param>
    private void RunInto(
        nint[] results,
        RunOptions? runOptions,
        IReadOnlyCollection<string> inputNames,
        IReadOnlyCollection<OrtValue> inputValues,
        IReadOnlyCollection<string> outputNames,
        IReadOnlyCollection<OrtValue> outputValues)
    {
        ArgumentNullException.ThrowIfNull(inputNames);
        ArgumentNullException.ThrowIfNull(inputValues);
        ThrowIfCountsDiffer(inputNames.Count, inputValues.Count, nameof(inputNames), nameof(inputValues));

        using var held = new References(capacity: inputValues.Count + outputValues.Count + 2);
        nint session = held.Add(Handle);
        nint options = runOptions is null ? 0 : held.Add(runOptions.Handle);
        nint[] inputNamePointers = FindNames(inputNames, isInput: true);
        nint[] outputNamePointers = FindNames(outputNames, isInput: false);
        nint[] inputPointers = new nint[inputValues.Count];
        Collect(inputValues, held, inputPointers);
        Collect(outputValues, held, results);

        fixed (nint* inputNamesStart = inputNamePointers, outputNamesStart = outputNamePointers)
        fixed (nint* inputsStart = inputPointers, resultsStart = results)
        {
            OrtStatus.Check(OrtApi.Run(
                session,
                options,
                (byte**)inputNamesStart,
                inputsStart,
                (nuint)inputPointers.Length,
                (byte**)outputNamesStart,
                (nuint)outputNamePointers.Length,
                resultsStart));
        }
    }

    private static void Collect(IReadOnlyCollection<OrtValue> values, References held, nint[] pointers)
    {
        int index = 0;
        foreach (OrtValue value in values)
        {
            ArgumentNullException.ThrowIfNull(value);
            pointers[index++] = held.Add(value.Handle);
        }
    }

    private static void ThrowIfCountsDiffer(int names, int values, string namesParameter, string valuesParameter)
    {
        if (names != values)
        {
            throw new ArgumentException($"{namesParameter} has {names} entries, {valuesParameter} has {values}.", valuesParameter);
        }
    }

    private nint[] FindNames(IReadOnlyCollection<string> names, bool isInput)
    {
        nint[] pointers = new nint[names.Count];
        int index = 0;
        foreach (string name in names)
        {
            byte* found = isInput ? FindInput(name) : outputs.Find(name);
            if (found == null)
            {
                IReadOnlyList<string> known = isInput ? InputNames : OutputNames;
                throw new OnnxRuntimeException(
                    ErrorCode.InvalidArgument,
                    $"The model has no {(isInput ? "input" : "output")} '{name}'; it has {string.Join(", ", known)}.");
            }

            pointers[index++] = (nint)found;
        }

        return pointers;
    }

    private byte* FindInput(string name)
    {
        byte* found = inputs.Find(name);
        return found == null ? initializers.Find(name) : found;
    }
}
