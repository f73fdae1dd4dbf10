namespace TorchSharp;

/// <summary>Frees every tensor that was made on this thread while it was the innermost scope, unless moved or detached.</summary>
public sealed class DisposeScope : IDisposable
{
    private readonly HashSet<IDisposable> disposables = new(ReferenceEqualityComparer.Instance);
    private DisposeScopeManager? manager;

    internal DisposeScope(DisposeScopeManager manager)
    {
        this.manager = manager;
        OuterScope = manager.CurrentDisposeScope;
    }

    public int DisposablesCount
    {
        get
        {
            ObjectDisposedException.ThrowIf(manager is null, this);
            return disposables.Count;
        }
    }

    public IReadOnlyList<IDisposable> DisposablesView
    {
        get
        {
            ObjectDisposedException.ThrowIf(manager is null, this);
            return [.. disposables];
        }
    }

    internal DisposeScope? OuterScope { get; set; }

    public bool Contains(IDisposable disposable) => disposables.Contains(disposable);

    public void Attach(IDisposable disposable) => Attach((IEnumerable<IDisposable>)[disposable]);

    public void Attach(params IDisposable[] disposables) => Attach((IEnumerable<IDisposable>)disposables);

    public IReadOnlyList<IDisposable> Attach(IEnumerable<IDisposable> disposables)
    {
        ObjectDisposedException.ThrowIf(manager is null, this);
        IDisposable[] attached = [.. disposables];
        foreach (IDisposable disposable in attached)
        {
            Adopt(disposable);
        }

        return attached;
    }

    public T Detach<T>(T disposable)
        where T : IDisposable
    {
        Detach((IEnumerable<IDisposable>)[disposable]);
        return disposable;
    }

    public (T1 first, T2 second) Detach<T1, T2>(T1 first, T2 second)
        where T1 : IDisposable
        where T2 : IDisposable
    {
        Detach((IEnumerable<IDisposable>)[first, second]);
        return (first, second);
    }

    public void Detach(params IDisposable[] disposables) => Detach((IEnumerable<IDisposable>)disposables);

    public void Detach(IEnumerable<IDisposable> disposables)
    {
        ObjectDisposedException.ThrowIf(manager is null, this);
        foreach (IDisposable disposable in disposables)
        {
            if (this.disposables.Remove(disposable) && disposable is torch.Tensor tensor)
            {
                tensor.OwningDisposeScope = null;
            }
        }
    }

    public T MoveToOuter<T>(T disposable)
        where T : IDisposable
    {
        MoveToOther(OuterScope, (IEnumerable<IDisposable>)[disposable]);
        return disposable;
    }

    public (T1 first, T2 second) MoveToOuter<T1, T2>(T1 first, T2 second)
        where T1 : IDisposable
        where T2 : IDisposable
    {
        MoveToOther(OuterScope, (IEnumerable<IDisposable>)[first, second]);
        return (first, second);
    }

    public (T1 first, T2 second, T3 third) MoveToOuter<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable
        where T2 : IDisposable
        where T3 : IDisposable
    {
        MoveToOther(OuterScope, (IEnumerable<IDisposable>)[first, second, third]);
        return (first, second, third);
    }

    public void MoveToOuter(params IDisposable[] disposables) => MoveToOther(OuterScope, (IEnumerable<IDisposable>)disposables);

    public void MoveToOuter(IEnumerable<IDisposable> disposables) => MoveToOther(OuterScope, disposables);

    public void MoveToOther(DisposeScope? scope, IEnumerable<IDisposable> disposables)
    {
        if (scope is null)
        {
            Detach(disposables);
            return;
        }

        ObjectDisposedException.ThrowIf(manager is null, this);
        foreach (IDisposable disposable in disposables)
        {
            if (this.disposables.Contains(disposable))
            {
                scope.Adopt(disposable);
            }
        }
    }

    public void DisposeEverything()
    {
        ObjectDisposedException.ThrowIf(manager is null, this);
        IDisposable[] all = [.. disposables];
        disposables.Clear();
        foreach (IDisposable disposable in all)
        {
            // The scope has forgotten it already: spares each tensor the way back here.
            if (disposable is torch.Tensor tensor)
            {
                tensor.OwningDisposeScope = null;
            }

            disposable.Dispose();
        }
    }

    public T DisposeEverythingBut<T>(T keep)
        where T : IDisposable
    {
        DisposeEverythingBut((IEnumerable<IDisposable>)[keep]);
        return keep;
    }

    public void DisposeEverythingBut(params IDisposable[] keep) => DisposeEverythingBut((IEnumerable<IDisposable>)keep);

    public void DisposeEverythingBut(IEnumerable<IDisposable> inKeep)
    {
        ObjectDisposedException.ThrowIf(manager is null, this);
        HashSet<IDisposable> kept = new(inKeep, ReferenceEqualityComparer.Instance);
        foreach (IDisposable disposable in disposables.Where(disposable => !kept.Contains(disposable)).ToArray())
        {
            disposables.Remove(disposable);
            disposable.Dispose();
        }
    }

    public void MarkAsDisposed(IDisposable disposable)
    {
        ObjectDisposedException.ThrowIf(manager is null, this);
        disposables.Remove(disposable);
        if (disposable is torch.Tensor tensor)
        {
            tensor.OwningDisposeScope = null;
        }
    }

    public void Dispose()
    {
        if (manager is not null)
        {
            DisposeEverything();
            manager.RemoveDisposeScope(this);
            manager = null;
        }
    }

    /// <summary>Lets <paramref name="replacement"/> take the place of a tensor whose memory it took over.</summary>
    internal static void Replace(torch.Tensor original, torch.Tensor replacement)
    {
        if (original.OwningDisposeScope is { } scope)
        {
            scope.MarkAsDisposed(original);
            scope.Adopt(replacement);
        }
    }

    internal void Adopt(IDisposable disposable)
    {
        if (disposable is not torch.Tensor tensor)
        {
            throw new InvalidOperationException($"A dispose scope manages tensors, got {disposable.GetType().Name}.");
        }

        tensor.OwningDisposeScope?.disposables.Remove(tensor);
        tensor.OwningDisposeScope = this;
        disposables.Add(tensor);
    }
}
