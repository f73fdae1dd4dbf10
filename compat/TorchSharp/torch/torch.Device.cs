using System.Globalization;

namespace TorchSharp;

public static partial class torch
{
    public static readonly Device CPU = new(DeviceType.CPU);

    public static Device CUDA { get; } = new(DeviceType.CUDA);

    public static Device device(string description) => new(description);

    public static Device device(DeviceType deviceType, int index = -1) => new(deviceType, index);

    public class Device
    {
        public Device(DeviceType deviceType, int index = -1)
        {
            type = deviceType;
            this.index = index;
        }

        /// <summary>Reads "cpu", "cuda" or "cuda:1".</summary>
        public Device(string description)
        {
            string[] parts = description.Split(':', 2);
            type = Enum.Parse<DeviceType>(parts[0], ignoreCase: true);
            index = parts.Length == 2 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : -1;
        }

        public DeviceType type { get; }

        public int index { get; } = -1;

        public static implicit operator Device(string description) => new(description);

        public override string ToString()
        {
            string name = type == DeviceType.CPU ? "cpu" : "cuda";
            return type == DeviceType.CPU || index < 0 ? name : $"{name}:{index}";
        }
    }
}
