using System.Text;
using Microsoft.ML.OnnxRuntime.Handles;
using Microsoft.ML.OnnxRuntime.Raw;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>Values tied to the names of a session's inputs and outputs, for runs without copies. It keeps them and the session alive.</summary>
public sealed unsafe class OrtIoBinding : IDisposable
{
    // The native binding has no locks of its own: binding while it runs would corrupt it.
    private readonly Lock use = new();
    private readonly BoundValues bound;

    internal OrtIoBinding(InferenceSession session)
    {
        bound = new BoundValues(session.Handle);
        try
        {
            nint created;
            OrtStatus.Check(OrtApi.CreateIoBinding(bound.Session, &created));
            Handle = new OrtHandle(typeof(OrtIoBinding), created, OrtApi.ReleaseIoBinding, bound);
        }
        catch
        {
            bound.Dispose();
            throw;
        }
    }

    internal OrtHandle Handle { get; }

    public void BindInput(string name, OrtValue ortValue)
    {
        ArgumentNullException.ThrowIfNull(ortValue);
        lock (use)
        {
            using Lease binding = Handle.Use();
            using var value = new SharedReference(ortValue.Handle);
            fixed (byte* input = Utf8.Encode(name, nameof(name)))
            {
                OrtStatus.Check(OrtApi.BindInput(binding.Pointer, input, value.Pointer));
            }

            bound.SetInput(name, value.Retain());
        }
    }

    public void BindOutput(string name, OrtValue ortValue)
    {
        ArgumentNullException.ThrowIfNull(ortValue);
        lock (use)
        {
            using Lease binding = Handle.Use();
            using var value = new SharedReference(ortValue.Handle);
            fixed (byte* output = Utf8.Encode(name, nameof(name)))
            {
                OrtStatus.Check(OrtApi.BindOutput(binding.Pointer, output, value.Pointer));
            }

            bound.SetOutput(name, value.Retain());
        }
    }

    /// <summary>Leaves the output's memory to the library, on the device that <paramref name="memInfo"/> names.</summary>
    public void BindOutputToDevice(string name, OrtMemoryInfo memInfo)
    {
        ArgumentNullException.ThrowIfNull(memInfo);
        lock (use)
        {
            using Lease binding = Handle.Use();
            using Lease info = memInfo.Handle.Use();
            fixed (byte* output = Utf8.Encode(name, nameof(name)))
            {
                OrtStatus.Check(OrtApi.BindOutputToDevice(binding.Pointer, output, info.Pointer));
            }

            bound.RemoveOutput(name);
        }
    }

    public void SynchronizeBoundInputs()
    {
        lock (use)
        {
            using Lease binding = Handle.Use();
            OrtStatus.Check(OrtApi.SynchronizeBoundInputs(binding.Pointer));
        }
    }

    public void SynchronizeBoundOutputs()
    {
        lock (use)
        {
            using Lease binding = Handle.Use();
            OrtStatus.Check(OrtApi.SynchronizeBoundOutputs(binding.Pointer));
        }
    }

    public void ClearBoundInputs()
    {
        lock (use)
        {
            using Lease binding = Handle.Use();
            OrtApi.ClearBoundInputs(binding.Pointer);
            bound.ClearInputs();
        }
    }

    public void ClearBoundOutputs()
    {
        lock (use)
        {
            using Lease binding = Handle.Use();
            OrtApi.ClearBoundOutputs(binding.Pointer);
            bound.ClearOutputs();
        }
    }

    public string[] GetOutputNames()
    {
        lock (use)
        {
            using Lease binding = Handle.Use();
            byte* text;
            nuint* lengths;
            nuint count;
            OrtStatus.Check(OrtApi.GetBoundOutputNames(binding.Pointer, OrtAllocator.DefaultPointer, &text, &lengths, &count));

            // The names lie one after the other, without terminators.
            string[] names = new string[count];
            byte* start = text;
            for (int i = 0; i < names.Length; i++)
            {
                names[i] = Encoding.UTF8.GetString(start, (int)lengths[i]);
                start += lengths[i];
            }

            Utf8.Free(text);
            Utf8.Free(lengths);
            return names;
        }
    }

    /// <summary>The outputs of the last run, in the order of <see cref="GetOutputNames"/>.</summary>
    public IDisposableReadOnlyCollection<OrtValue> GetOutputValues()
    {
        lock (use)
        {
            using Lease binding = Handle.Use();
            string[] names = GetOutputNames();
            nint* values;
            nuint count;
            OrtStatus.Check(OrtApi.GetBoundOutputValues(binding.Pointer, OrtAllocator.DefaultPointer, &values, &count));
            var results = new DisposableList<OrtValue>((int)count);
            for (int i = 0; i < (int)count; i++)
            {
                results.Add(new OrtValue(values[i], bound.OwnerOfOutput(names[i])));
            }

            Utf8.Free(values);
            return results;
        }
    }

    public void Dispose() => Handle.Dispose();

    internal void Run(nint session, nint runOptions)
    {
        lock (use)
        {
            using Lease binding = Handle.Use();
            OrtStatus.Check(OrtApi.RunWithBinding(session, runOptions, binding.Pointer));
        }
    }
}
