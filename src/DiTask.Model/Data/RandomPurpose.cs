namespace DiTask.Model.Data;

/// <summary>What random numbers are for; no two uses share a sequence.</summary>
public enum RandomPurpose
{
    /// <summary>Order of the samples in an epoch.</summary>
    Order = 1,

    /// <summary>Flips, angles, scales of a sample.</summary>
    Augmentation = 2,

    /// <summary>Dropout and stochastic depth of a step.</summary>
    Dropout = 3,

    /// <summary>First values of parameters.</summary>
    Initialization = 4,

    /// <summary>Choices of a balancing method.</summary>
    Balancing = 5,

    /// <summary>Everything in a generated scene.</summary>
    Scene = 6,

    /// <summary>Everything in a generated collage.</summary>
    Collage = 7,
}
