using TorchSharp.Raw;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The memory itself: valid while the tensor lives.</summary>
        public unsafe Span<byte> bytes
        {
            get
            {
                TensorInfo info = Info;
                if (info.IsContiguous == 0)
                {
                    throw new InvalidOperationException("The bytes of a tensor that is not contiguous are not in one piece.");
                }

                if (info.DeviceType != (int)DeviceType.CPU)
                {
                    throw new InvalidOperationException($"The tensor is on {device}; move it to the cpu first.");
                }

                Native.Check(Native.dt_data(Handle, out nint data));
                return new Span<byte>((void*)data, checked((int)(info.Elements * info.ElementBytes)));
            }

            set
            {
                Span<byte> target = bytes;
                if (target.Length != value.Length)
                {
                    throw new ArgumentException($"The tensor holds {target.Length} bytes, got {value.Length}.", nameof(value));
                }

                value.CopyTo(target);
            }
        }

        public Utils.TensorAccessor<T> data<T>()
            where T : unmanaged
        {
            if (ToScalarType(typeof(T)) != dtype)
            {
                throw new ArgumentException($"{typeof(T).Name} is not compatible with {dtype}.");
            }

            return new Utils.TensorAccessor<T>(device_type == DeviceType.CPU ? this : cpu());
        }

        public T item<T>()
            where T : unmanaged =>
            numel() == 1 ? data<T>()[0] : throw new ArgumentException($"item() needs one element, the tensor has {numel()}.");

        public Tensor cpu() => to(DeviceType.CPU);

        public Tensor cuda(Device? device = null, bool non_blocking = false) =>
            to(device ?? new Device(DeviceType.CUDA), non_blocking: non_blocking);

        public Tensor to(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to(type, device, copy, disposeAfter, non_blocking);

        public Tensor to(Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to(dtype, device, copy, disposeAfter, non_blocking);

        public Tensor to(DeviceType deviceType, int deviceIndex = -1, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to(dtype, new Device(deviceType, deviceIndex), copy, disposeAfter, non_blocking);

        public Tensor to(ScalarType type, Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false)
        {
            Tensor result = From(Native.dt_to(Handle, (int)type, (int)device.type, device.index, copy ? 1 : 0, non_blocking ? 1 : 0, out NewTensor moved), moved);
            if (disposeAfter)
            {
                Dispose();
            }

            return result;
        }

        public Tensor alias() => From(Native.dt_alias(Handle, out NewTensor result), result);

        public Tensor clone() => From(Native.dt_clone(Handle, out NewTensor result), result);

        public Tensor contiguous() => From(Native.dt_contiguous(Handle, out NewTensor result), result);

        public Tensor detach() => From(Native.dt_detach(Handle, out NewTensor result), result);

        public Tensor copy_(Tensor source, bool nonBlocking = false)
        {
            Native.Check(Native.dt_copy_(Handle, source.Handle, nonBlocking ? 1 : 0));
            return this;
        }

        public Tensor fill_(Scalar value)
        {
            Native.Check(Native.dt_fill_(Handle, value.Value));
            return this;
        }
    }
}
