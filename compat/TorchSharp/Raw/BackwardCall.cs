using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.Raw;

/// <summary>The managed side of a dt_node: lives until libtorch releases the node, which is when no result needs it any more.</summary>
internal sealed unsafe class BackwardCall
{
    private readonly autograd.AutogradContext context;
    private readonly Func<autograd.AutogradContext, List<Tensor>, List<Tensor>> backward;
    private readonly bool[] isTensor;

    private BackwardCall(autograd.AutogradContext context, Func<autograd.AutogradContext, List<Tensor>, List<Tensor>> backward, bool[] isTensor)
    {
        this.context = context;
        this.backward = backward;
        this.isTensor = isTensor;
    }

    /// <summary>Answers the outputs with the operation behind them.</summary>
    /// <param name="isTensor">For each argument of the operation, whether it is one of the inputs.</param>
    public static List<Tensor> Attach(
        autograd.AutogradContext context, Func<autograd.AutogradContext, List<Tensor>, List<Tensor>> backward, bool[] isTensor, Tensor[] inputs, List<Tensor> outputs)
    {
        using HandleList list = new(inputs);
        GCHandle state = GCHandle.Alloc(new BackwardCall(context, backward, isTensor));
        int status = Native.dt_node_new(&Run, &Release, GCHandle.ToIntPtr(state), list.Pointers, inputs.Length, out nint node);
        if (status != 0)
        {
            state.Free();
            Native.Check(status);
        }

        try
        {
            List<Tensor> attached = [.. outputs.Select(output => context.IsNonDifferentiable(output)
                ? output
                : Tensor.From(Native.dt_node_attach(node, output.Handle, out NewTensor result), result))];
            context.Save(outputs, attached);
            return attached;
        }
        finally
        {
            Native.dt_node_free(node);
        }
    }

    [UnmanagedCallersOnly]
    private static int Run(nint state, nint node, NewTensor* gradients, long count, nint results)
    {
        try
        {
            using DisposeScope scope = NewDisposeScope();
            List<Tensor> given = [];
            for (long i = 0; i < count; i++)
            {
                given.Add(new Tensor(gradients[i]));
            }

            ((BackwardCall)GCHandle.FromIntPtr(state).Target!).Run(node, given, results);
            return 0;
        }
#pragma warning disable CA1031 // no exception may pass through libtorch: its text comes back from the call that started the pass
        catch (Exception exception)
        {
            return Native.dt_fail(exception.Message);
        }
#pragma warning restore CA1031
    }

    [UnmanagedCallersOnly]
    private static void Release(nint state)
    {
        GCHandle handle = GCHandle.FromIntPtr(state);
        ((BackwardCall)handle.Target!).context.Dispose();
        handle.Free();
    }

    private void Run(nint node, List<Tensor> given, nint results)
    {
        List<Tensor> computed = context.InBackward(node, () => backward(context, given));
        if (computed.Count < isTensor.Length || computed.Skip(isTensor.Length).Any(IsPresent))
        {
            throw new InvalidOperationException($"Expected {isTensor.Length} gradients, one per argument, got {computed.Count}.");
        }

        long input = 0;
        for (int i = 0; i < isTensor.Length; i++)
        {
            if (!isTensor[i] && IsPresent(computed[i]))
            {
                throw new InvalidOperationException($"Got a gradient for argument {i}, which is not a tensor.");
            }

            if (isTensor[i])
            {
                if (IsPresent(computed[i]))
                {
                    Native.Check(Native.dt_gradients_set(results, input, computed[i].Handle));
                }

                input++;
            }
        }
    }

    private static bool IsPresent(Tensor? tensor) => tensor is { IsInvalid: false };
}
