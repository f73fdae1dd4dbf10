using TorchSharp.Modules;
using TorchSharp.Raw;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class utils
        {
            /// <summary>Answers the norm before clipping.</summary>
            public static double clip_grad_norm_(IEnumerable<Parameter> tensors, double max_norm, double norm_type = 2.0)
            {
                using HandleList parameters = new(tensors.ToArray());
                Native.Check(Native.dt_clip_grad_norm_(parameters.Pointers, parameters.Pointers.Length, max_norm, norm_type, out double norm));
                return norm;
            }
        }
    }
}
