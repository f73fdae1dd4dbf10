using TorchSharp.Raw;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor eq(Tensor target) => From(Native.dt_eq(Handle, target.Handle, out NewTensor result), result);

        public Tensor eq(Scalar target) => From(Native.dt_eq_scalar(Handle, target.Value, out NewTensor result), result);

        public Tensor ne(Tensor target) => From(Native.dt_ne(Handle, target.Handle, out NewTensor result), result);

        public Tensor ne(Scalar target) => From(Native.dt_ne_scalar(Handle, target.Value, out NewTensor result), result);

        public Tensor lt(Tensor target) => From(Native.dt_lt(Handle, target.Handle, out NewTensor result), result);

        public Tensor lt(Scalar target) => From(Native.dt_lt_scalar(Handle, target.Value, out NewTensor result), result);

        public Tensor le(Tensor target) => From(Native.dt_le(Handle, target.Handle, out NewTensor result), result);

        public Tensor le(Scalar target) => From(Native.dt_le_scalar(Handle, target.Value, out NewTensor result), result);

        public Tensor gt(Tensor target) => From(Native.dt_gt(Handle, target.Handle, out NewTensor result), result);

        public Tensor gt(Scalar target) => From(Native.dt_gt_scalar(Handle, target.Value, out NewTensor result), result);

        public Tensor ge(Tensor target) => From(Native.dt_ge(Handle, target.Handle, out NewTensor result), result);

        public Tensor ge(Scalar target) => From(Native.dt_ge_scalar(Handle, target.Value, out NewTensor result), result);

        public Tensor isfinite() => From(Native.dt_isfinite(Handle, out NewTensor result), result);

        public static Tensor operator ==(Tensor left, Tensor right) => left.eq(right);

        public static Tensor operator ==(Tensor left, Scalar right) => left.eq(right);

        public static Tensor operator ==(Scalar left, Tensor right) => right.eq(left);

        public static Tensor operator !=(Tensor left, Tensor right) => left.ne(right);

        public static Tensor operator !=(Tensor left, Scalar right) => left.ne(right);

        public static Tensor operator !=(Scalar left, Tensor right) => right.ne(left);

        public static Tensor operator <(Tensor left, Tensor right) => left.lt(right);

        public static Tensor operator <(Tensor left, Scalar right) => left.lt(right);

        public static Tensor operator <(Scalar left, Tensor right) => right.gt(left);

        public static Tensor operator <=(Tensor left, Tensor right) => left.le(right);

        public static Tensor operator <=(Tensor left, Scalar right) => left.le(right);

        public static Tensor operator <=(Scalar left, Tensor right) => right.ge(left);

        public static Tensor operator >(Tensor left, Tensor right) => left.gt(right);

        public static Tensor operator >(Tensor left, Scalar right) => left.gt(right);

        public static Tensor operator >(Scalar left, Tensor right) => right.lt(left);

        public static Tensor operator >=(Tensor left, Tensor right) => left.ge(right);

        public static Tensor operator >=(Tensor left, Scalar right) => left.ge(right);

        public static Tensor operator >=(Scalar left, Tensor right) => right.le(left);

        /// <summary>Whether size and values are the same.</summary>
        public bool Equals(Tensor target)
        {
            if (target is null)
            {
                return false;
            }

            Native.Check(Native.dt_equal(Handle, target.Handle, out int equal));
            return equal != 0;
        }

        public override bool Equals(object? obj) => obj is Tensor other && Equals(other);

        public override int GetHashCode() => base.GetHashCode();

        public bool allclose(Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false)
        {
            Native.Check(Native.dt_allclose(Handle, target.Handle, rtol, atol, equal_nan ? 1 : 0, out int close));
            return close != 0;
        }
    }
}
