using TorchSharp.Raw;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public long Dimensions => Info.Dimensions;

        public ScalarType dtype => (ScalarType)Info.Dtype;

        public DeviceType device_type => (DeviceType)Info.DeviceType;

        public Device device => new(device_type, device_type == DeviceType.CPU ? -1 : Info.DeviceIndex);

        public bool requires_grad
        {
            get => Info.RequiresGrad != 0;
            set => Native.Check(Native.dt_set_requires_grad(Handle, value ? 1 : 0));
        }

        public long[] shape => size();

        private TensorInfo Info
        {
            get
            {
                Native.Check(Native.dt_get_info(Handle, out TensorInfo info));
                return info;
            }
        }

        public long dim() => Info.Dimensions;

        public long numel() => Info.Elements;

        public bool is_contiguous() => Info.IsContiguous != 0;

        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        public long[] size()
        {
            long[] sizes = new long[Dimensions];
            Native.Check(Native.dt_sizes(Handle, sizes));
            return sizes;
        }

        public long size(int dim) => size()[Axis(dim)];

        public long[] stride()
        {
            long[] strides = new long[Dimensions];
            Native.Check(Native.dt_strides(Handle, strides));
            return strides;
        }

        public long stride(int dim) => stride()[Axis(dim)];

        public override string ToString() =>
            IsInvalid ? "disposed tensor" : $"[{string.Join('x', shape)}], type = {dtype}, device = {device}";

        private long Axis(long dim)
        {
            long dimensions = Dimensions;
            return dim >= -dimensions && dim < dimensions
                ? (dim + dimensions) % dimensions
                : throw new ArgumentOutOfRangeException(nameof(dim), dim, $"The tensor has {dimensions} dimensions.");
        }
    }
}
