using DiTask.Model.Data.Matlab;

namespace DiTask.Model.Data.Folders;

/// <summary>What the MATLAB files of PASCAL hold.</summary>
internal static class PascalAnnotations
{
    /// <summary>Classes of PASCAL-Context, 1 to 459; 0 is nothing.</summary>
    /// <exception cref="InvalidDataException">There is no matrix LabelMap.</exception>
    public static LabelMap Context(IReadOnlyDictionary<string, MatArray> file)
    {
        (int height, int width, float[] values) = Variable(file, "LabelMap").Matrix();
        return new LabelMap(1, height, width, values);
    }

    /// <summary>Parts of the people; null where a picture has no person with parts. A later part lies over an earlier one.</summary>
    /// <exception cref="InvalidDataException">Not the structure of PASCAL's parts.</exception>
    public static LabelMap? Parts(IReadOnlyDictionary<string, MatArray> file)
    {
        MatArray objects = Variable(file, "anno").Field(0, "objects");
        LabelMap? target = null;
        for (int i = 0; i < objects.Count; i++)
        {
            MatArray parts = objects.Field(i, "parts");
            if (objects.Field(i, "class_ind").Scalar == HumanParts.Person && parts.Count > 0)
            {
                target = Add(target, parts);
            }
        }

        return target;
    }

    private static LabelMap Add(LabelMap? target, MatArray parts)
    {
        for (int i = 0; i < parts.Count; i++)
        {
            string name = parts.Field(i, "part_name").Text ?? "";
            int label = HumanParts.Label(name) ?? throw new InvalidDataException($"expected a part of a person; found '{name}'");
            (int height, int width, float[] mask) = parts.Field(i, "mask").Matrix();
            target ??= new LabelMap(1, height, width, new float[mask.Length]);
            if ((target.Height, target.Width) != (height, width))
            {
                throw new InvalidDataException($"expected masks of {target.Width}x{target.Height}; found {width}x{height}");
            }

            for (int pixel = 0; pixel < mask.Length; pixel++)
            {
                target.Values[pixel] = mask[pixel] != 0 ? label : target.Values[pixel];
            }
        }

        return target!;
    }

    private static MatArray Variable(IReadOnlyDictionary<string, MatArray> file, string name) =>
        file.TryGetValue(name, out MatArray? array) ? array
            : throw new InvalidDataException($"expected the variable '{name}'; found {(file.Count == 0 ? "none" : string.Join(", ", file.Keys))}");
}
