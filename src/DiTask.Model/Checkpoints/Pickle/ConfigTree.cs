using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;

namespace DiTask.Model.Checkpoints.Pickle;

/// <summary>Turns a pickled config (yacs node, dict, argparse namespace) into a tree.</summary>
internal static class ConfigTree
{
    private const int MostNodes = 100_000;
    private const int Deepest = 32;

    /// <summary>The tree, or null with a reason: values shared through the memo can make a small pickle unfold into a huge or endless tree.</summary>
    public static JsonObject? Convert(object? value, out string? problem)
    {
        int nodes = 0;
        bool tooLarge = false;
        JsonNode? tree = Node(value, 0);
        problem = tooLarge ? $"the embedded config unfolds to more than {MostNodes} values or {Deepest} levels" : tree is JsonObject ? null : "the embedded config is no dict";
        return tooLarge ? null : tree as JsonObject;

        JsonNode? Node(object? item, int depth)
        {
            if (tooLarge || ++nodes > MostNodes || depth > Deepest)
            {
                tooLarge = true;
                return null;
            }

            return item switch
            {
                string text => JsonValue.Create(text),
                bool flag => JsonValue.Create(flag),
                long number => JsonValue.Create(number),
                double number when double.IsFinite(number) => JsonValue.Create(number),
                double number => JsonValue.Create(number.ToString(CultureInfo.InvariantCulture)),
                BigInteger number => JsonValue.Create(number.ToString(CultureInfo.InvariantCulture)),
                PickleTuple tuple => Array(tuple.Items, depth),
                List<object?> list => Array(list, depth),
                PickleObject { Entries.Count: 0, State: PickleDict state } => Dict(state, depth),
                PickleObject { Entries.Count: 0, Elements.Count: > 0 } sequence => Array(sequence.Elements, depth),
                PickleObject { Entries.Count: 0, Arguments: PickleTuple { Count: 1 } set } => Node(set[0], depth + 1),
                PickleDict dict => Dict(dict, depth),
                _ => null,
            };
        }

        JsonArray Array(IReadOnlyList<object?> items, int depth)
        {
            var array = new JsonArray();
            foreach (object? item in items)
            {
                array.Add(Node(item, depth + 1));
                if (tooLarge)
                {
                    break;
                }
            }

            return array;
        }

        JsonObject Dict(PickleDict dict, int depth)
        {
            var tree = new JsonObject();
            foreach ((object? key, object? item) in dict.Entries)
            {
                if (tooLarge)
                {
                    break;
                }

                if (key is string or long)
                {
                    tree[System.Convert.ToString(key, CultureInfo.InvariantCulture)!] = Node(item, depth + 1);
                }
            }

            return tree;
        }
    }
}
