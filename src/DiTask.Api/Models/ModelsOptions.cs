using System.ComponentModel.DataAnnotations;

namespace DiTask.Api.Models;

/// <summary>Which models are served, and where they run. Section <c>Models</c>.</summary>
internal sealed class ModelsOptions : IValidatableObject
{
    public const string Section = "Models";

    /// <summary>Value of <see cref="Versions"/> for the highest version alone.</summary>
    public const string Latest = "latest";

    private const string NamePattern = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";

    /// <summary>Folder that <c>ditask fold</c> wrote, or a repository: a folder with <c>NAME/VERSION/manifest.json</c> in it.</summary>
    [Required(ErrorMessage = "Models:Path is missing: give the folder that 'ditask fold' wrote, such as --Models:Path models/ditask-synth.")]
    public string Path { get; set; } = "";

    /// <summary>Name to serve a single model under. Default: the one in its manifest, or its folder's in a repository.</summary>
    [RegularExpression(NamePattern, ErrorMessage = "Models:Name is up to 64 letters, digits, '.', '_' and '-', the first a letter or a digit.")]
    public string? Name { get; set => field = value is "" ? null : value; }

    /// <summary>Model that answers requests which name none. Default: the only one.</summary>
    public string? Default { get; set => field = value is "" ? null : value; }

    /// <summary>Versions of each model of a repository that are served: latest (the highest) or all. Default latest.</summary>
    [RegularExpression("latest|all", ErrorMessage = "Models:Versions is latest or all.")]
    public string Versions { get; set; } = Latest;

    /// <summary>Execution provider: cpu, cuda, coreml or auto. Default cpu.</summary>
    [RegularExpression("cpu|cuda|coreml|auto", ErrorMessage = "Models:Provider is one of cpu, cuda, coreml, auto.")]
    public string Provider { get; set; } = "cpu";

    /// <summary>Index of the device. Default 0.</summary>
    [Range(0, 64)]
    public int DeviceId { get; set; }

    /// <summary>Threads of one run on the CPU; 0 takes one per physical core. Default 0.</summary>
    [Range(0, 1024)]
    public int Threads { get; set; }

    /// <summary>Most bytes of the GPU that each graph's arena takes; 0 for no limit. CUDA only. Default 0.</summary>
    [Range(0, long.MaxValue)]
    public long GpuMemoryLimit { get; set; }

    /// <summary>How an arena grows on the GPU: same-as-requested (exactly what is missing) or next-power-of-two. CUDA only. Default same-as-requested.</summary>
    [RegularExpression("same-as-requested|next-power-of-two", ErrorMessage = "Models:ArenaStrategy is same-as-requested or next-power-of-two.")]
    public string ArenaStrategy { get; set; } = "same-as-requested";

    /// <summary>How cuDNN chooses a convolution: exhaustive (tries all, once per shape, which the warm-up pays), heuristic or default. CUDA only. Default exhaustive.</summary>
    [RegularExpression("exhaustive|heuristic|default", ErrorMessage = "Models:CudnnSearch is one of exhaustive, heuristic, default.")]
    public string CudnnSearch { get; set; } = "exhaustive";

    /// <summary>Whether memory of the CPU that a run gave back is kept for the next one; without it, runs are slower and the process smaller. Default true.</summary>
    public bool CpuArena { get; set; } = true;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        string[] names = Path.Length > 0 ? [.. ModelRepository.Names(Path)] : [];
        if (Name is not null && names.Length > 1)
        {
            yield return new ValidationResult(
                $"Models:Name is '{Name}'; it renames a single model, and the repository holds {string.Join(", ", names)}.", [nameof(Name)]);
        }

        string[] served = names.Length == 1 && Name is not null ? [Name] : names;
        if (Default is not null && served.Length > 0 && !served.Contains(Default))
        {
            yield return new ValidationResult($"Models:Default is '{Default}'; served are {string.Join(", ", served)}.", [nameof(Default)]);
        }

        foreach (string name in served.Append(Name).OfType<string>().Distinct().Where(name => name.EndsWith(ServedModel.TensorSuffix, StringComparison.Ordinal)))
        {
            yield return new ValidationResult(
                $"A model cannot be called '{name}': names that end with {ServedModel.TensorSuffix} are for the tensors of the others.", [nameof(Path)]);
        }
    }
}
