namespace DiTask.Model.Tests.Training;

/// <summary>Tests that train. libtorch has one source of random numbers and one number of threads per process, so that none of them runs beside another.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class TrainingTests
{
    public const string Name = "training";
}
