using System.ComponentModel.DataAnnotations;

namespace DiTask.Api.Models;

/// <summary>Which model is served, and where it runs. Section <c>Models</c>.</summary>
internal sealed class ModelsOptions
{
    public const string Section = "Models";

    /// <summary>Folder that <c>ditask fold</c> wrote.</summary>
    [Required(ErrorMessage = "Models:Path is missing: give the folder that 'ditask fold' wrote, such as --Models:Path models/ditask-micro.")]
    public string Path { get; set; } = "";

    /// <summary>Execution provider: cpu, cuda, webgpu or auto. Default cpu.</summary>
    [RegularExpression("cpu|cuda|webgpu|auto", ErrorMessage = "Models:Provider is one of cpu, cuda, webgpu, auto.")]
    public string Provider { get; set; } = "cpu";

    /// <summary>Index of the device. Default 0.</summary>
    [Range(0, 64)]
    public int DeviceId { get; set; }

    /// <summary>Threads of one run on the CPU; 0 takes one per physical core. Default 0.</summary>
    [Range(0, 1024)]
    public int Threads { get; set; }
}
