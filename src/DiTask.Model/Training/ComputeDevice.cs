using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace DiTask.Model.Training;

/// <summary>Where to compute, by the name that configurations and options have for it.</summary>
internal static class ComputeDevice
{
    private const string Numbered = "cuda:";

    /// <summary>Whether <paramref name="name"/> is auto, cpu, cuda or cuda:N.</summary>
    public static bool IsName(string name) =>
        name is "auto" or "cpu" or "cuda" || (name.StartsWith(Numbered, StringComparison.Ordinal) && byte.TryParse(name[Numbered.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out _));

    /// <summary>The device called <paramref name="name"/>; auto is a GPU where there is one.</summary>
    /// <exception cref="TrainingException">It is no name of a device, or there is no such device here.</exception>
    public static Device Of(string name) => Of(name, cuda.is_available() ? cuda.device_count() : 0);

    /// <summary>The same on a machine with <paramref name="gpus"/> of them.</summary>
    public static Device Of(string name, int gpus)
    {
        if (!IsName(name))
        {
            throw new TrainingException($"'device' is auto, cpu, cuda or cuda:N; found '{name}'.");
        }

        if (name == "cpu" || (name == "auto" && gpus == 0))
        {
            return CPU;
        }

        if (gpus == 0)
        {
            throw new TrainingException($"'device' is {name}, but libtorch sees no GPU here; 'cpu' or 'auto' will run.");
        }

        int index = name.StartsWith(Numbered, StringComparison.Ordinal) ? int.Parse(name[Numbered.Length..], CultureInfo.InvariantCulture) : 0;
        if (index >= gpus)
        {
            throw new TrainingException($"'device' is {name}, but libtorch sees {gpus} GPU{(gpus == 1 ? "" : "s")} here, cuda:0 to cuda:{gpus - 1}.");
        }

        // torch.CUDA and torch.device start the CUDA backend, which throws where there is no GPU.
        return new Device(DeviceType.CUDA, index);
    }
}
