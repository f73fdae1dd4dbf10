using DiTask.Model.Checkpoints;
using DiTask.Model.Cpab;
using DiTask.Tests;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DiTask.Parity.Tests.Networks;

/// <summary>
/// The authors' forward pass written a second time, step by step and with every stream kept apart, as their description
/// reads (reference specification 2 to 4): roll, partition, linear, reverse. Slow and plain: an oracle for configurations that have no golden arrays.
/// </summary>
internal sealed class DirectNetwork(CheckpointRecipe recipe, IReadOnlyList<HostTensor> checkpoint)
{
    private readonly Dictionary<string, HostTensor> weights = checkpoint.ToDictionary(tensor => tensor.Name);

    public Dictionary<string, Tensor> Forward(Tensor image)
    {
        Dictionary<string, List<Tensor>> levels = recipe.Tasks.ToDictionary(task => task.Task, _ => new List<Tensor>());
        Tensor x = Conv(image, Get("backbone.patch_embed.proj.weight"), Get("backbone.patch_embed.proj.bias"), recipe.PatchSize);
        x = x.flatten(2).transpose(1, 2);
        x = recipe.PatchNorm ? Norm(x, "backbone.patch_embed.norm") : x;
        x = recipe.PositionEmbedding ? x + Get("backbone.absolute_pos_embed") : x;
        for (int stage = 0; stage < recipe.Depths.Length; stage++)
        {
            Dictionary<string, Tensor>? tasks = null;
            for (int block = 0; block < recipe.Depths[stage]; block++)
            {
                (x, tasks) = Block(x, stage, block);
            }

            if (stage < recipe.Depths.Length - 1)
            {
                x = Merge(x, stage);
                tasks = tasks?.ToDictionary(task => task.Key, task => Merge(task.Value, stage));
            }

            foreach ((string task, _) in recipe.Tasks)
            {
                levels[task].Add(tasks is null ? x : tasks[task]);
            }
        }

        return levels.ToDictionary(task => task.Key, task => Head(task.Key, task.Value));
    }

    private (Tensor Shared, Dictionary<string, Tensor>? Tasks) Block(Tensor x, int stage, int block)
    {
        string key = $"backbone.layers.{stage}.blocks.{block}";
        int grid = recipe.Grid(stage);
        int window = recipe.WindowOf(stage);
        int shift = block % 2 == 1 && grid > recipe.Window ? recipe.Window / 2 : 0;
        Tensor shortcut = x;
        Tensor map = Norm(x, $"{key}.norm1").reshape(-1, grid, grid, recipe.Dim(stage));
        map = shift > 0 ? map.roll([-shift, -shift], [1, 2]) : map;
        Tensor context = Attention(Windows(map, window), key, stage, window, shift);
        (Tensor shared, Dictionary<string, Tensor>? tasks) = Linear($"{key}.attn.proj", context, null);
        Tensor attended = shortcut + Unwindow(shared, stage, window, shift);
        Dictionary<string, Tensor>? taskAttended = tasks?.ToDictionary(task => task.Key, task => shortcut + Unwindow(task.Value, stage, window, shift));

        Dictionary<string, Tensor>? taskNormed = taskAttended?.ToDictionary(task => task.Key, task => Norm(task.Value, $"{key}.norm2"));
        (Tensor hidden, Dictionary<string, Tensor>? taskHidden) = Linear($"{key}.mlp.fc1", Norm(attended, $"{key}.norm2"), taskNormed);
        taskHidden = taskHidden?.ToDictionary(task => task.Key, task => F.gelu(task.Value));
        (Tensor output, Dictionary<string, Tensor>? taskOutput) = Linear($"{key}.mlp.fc2", F.gelu(hidden), taskHidden);
        taskOutput = taskOutput?.ToDictionary(task => task.Key, task => taskAttended is null ? task.Value : taskAttended[task.Key] + task.Value);
        return (attended + output, taskOutput);
    }

    private Tensor Attention(Tensor windows, string key, int stage, int window, int shift)
    {
        int n = window * window;
        int heads = recipe.NumHeads[stage];
        int headDim = recipe.Dim(stage) / heads;
        Tensor qkv = Linear($"{key}.attn.qkv", windows, null).Shared.reshape(-1, n, 3, heads, headDim).permute(2, 0, 3, 1, 4);
        Tensor attention = (qkv.select(0, 0) * (1 / Math.Sqrt(headDim))).matmul(qkv.select(0, 1).transpose(2, 3));
        Tensor table = Get($"{key}.attn.relative_position_bias_table");
        long[] index = [.. from query in Enumerable.Range(0, n)
                           from other in Enumerable.Range(0, n)
                           select (((long)(query / window) - (other / window) + window - 1) * ((2 * window) - 1)) + (query % window) - (other % window) + window - 1];
        attention = attention + table.index_select(0, tensor(index)).reshape(n, n, heads).permute(2, 0, 1);
        if (shift > 0)
        {
            Tensor mask = Mask(recipe.Grid(stage), window, shift);                       // [nW, N, N]
            attention = (attention.reshape(-1, mask.shape[0], heads, n, n) + mask.unsqueeze(1)).reshape(-1, heads, n, n);
        }

        return F.softmax(attention, -1).matmul(qkv.select(0, 2)).transpose(1, 2).reshape(-1, n, heads * headDim);
    }

    // Numbers the nine regions that the roll puts side by side, and forbids attention between different numbers.
    private static Tensor Mask(int grid, int window, int shift)
    {
        float[] regions = new float[grid * grid];
        for (int i = 0; i < regions.Length; i++)
        {
            int row = i / grid;
            int column = i % grid;
            regions[i] = (3 * (row < grid - window ? 0 : row < grid - shift ? 1 : 2)) + (column < grid - window ? 0 : column < grid - shift ? 1 : 2);
        }

        Tensor numbers = Windows(tensor(regions, [1, grid, grid, 1]), window).squeeze(-1);   // [nW, N]
        return (numbers.unsqueeze(1) - numbers.unsqueeze(2)).abs().clamp(0, 1) * -100;
    }

    private static Tensor Windows(Tensor map, int window)
    {
        long side = map.shape[1] / window;
        return map.reshape(-1, side, window, side, window, map.shape[3]).permute(0, 1, 3, 2, 4, 5).reshape(-1, window * window, map.shape[3]);
    }

    private Tensor Unwindow(Tensor windows, int stage, int window, int shift)
    {
        int grid = recipe.Grid(stage);
        int side = grid / window;
        Tensor map = windows.reshape(-1, side, side, window, window, recipe.Dim(stage)).permute(0, 1, 3, 2, 4, 5).reshape(-1, grid, grid, recipe.Dim(stage));
        map = shift > 0 ? map.roll([shift, shift], [1, 2]) : map;
        return map.reshape(-1, grid * grid, recipe.Dim(stage));
    }

    private Tensor Merge(Tensor x, int stage)
    {
        int half = recipe.Grid(stage) / 2;
        int dim = recipe.Dim(stage);
        Tensor quads = x.reshape(-1, half, 2, half, 2, dim);                              // [B, h, row, w, column, C]
        Tensor[] parts = [.. new[] { (0, 0), (1, 0), (0, 1), (1, 1) }.Select(at => quads.select(4, at.Item2).select(2, at.Item1))];
        string key = $"backbone.layers.{stage}.downsample";
        return Linear($"{key}.reduction", Norm(cat(parts, -1).reshape(-1, half * half, 4 * dim), $"{key}.norm"), null).Shared;
    }

    private Tensor Head(string task, List<Tensor> tokens)
    {
        List<Tensor> levels = [];
        for (int level = 0; level < tokens.Count; level++)
        {
            long side = (long)Math.Sqrt(tokens[level].shape[1]);
            Tensor map = tokens[level].reshape(-1, side, side, tokens[level].shape[2]).permute(0, 3, 1, 2);
            string key = $"downsampler.{task}.downsample_{level}.weight";
            levels.Add(weights.ContainsKey(key) ? Conv(map, Get(key)) : map);
        }

        long[] size = [levels[0].shape[2], levels[0].shape[3]];
        Tensor[] resized = [levels[0], .. levels.Skip(1).Select(level => F.interpolate(level, size, mode: InterpolationMode.Bilinear, align_corners: false))];
        string head = $"decoders.decoders.{task}.last_layer";
        Tensor x = Conv(cat(resized, 1), Get($"{head}.0.weight"), Get($"{head}.0.bias"));
        x = F.batch_norm(x, Get($"{head}.1.running_mean"), Get($"{head}.1.running_var"), Get($"{head}.1.weight"), Get($"{head}.1.bias"));
        return Conv(F.relu(x), Get($"{head}.3.weight"), Get($"{head}.3.bias"));
    }

    // In double precision, where libtorch does not take oneDNN: its single-precision convolutions are wrong on some processors.
    private static Tensor Conv(Tensor x, Tensor weight, Tensor? bias = null, long stride = 1) =>
        F.conv2d(x.to(float64), weight.to(float64), bias?.to(float64), strides: [stride, stride]).to(float32);

    // Reference specification 2.4: without inputs of their own all tasks read the shared input.
    private (Tensor Shared, Dictionary<string, Tensor>? Tasks) Linear(string key, Tensor x, Dictionary<string, Tensor>? inputs)
    {
        string prefix = weights.ContainsKey($"{key}.linear.weight") ? $"{key}.linear" : key;
        HostTensor frozen = weights[$"{prefix}.weight"];
        Tensor? bias = weights.ContainsKey($"{prefix}.bias") ? Get($"{prefix}.bias") : null;
        Tensor shared = F.linear(x, Warped(frozen, weights.GetValueOrDefault($"{key}.lora_shared_A")), bias);
        Dictionary<string, Tensor> tasks = recipe.Tasks
            .Where(task => weights.ContainsKey($"{key}.lora_tasks_A.{task.Task}"))
            .ToDictionary(task => task.Task, task => F.linear(
                inputs is null ? x : inputs[task.Task], Warped(frozen, weights[$"{key}.lora_tasks_A.{task.Task}"]), bias));
        return (shared, tasks.Count == 0 ? null : tasks);
    }

    private static Tensor Warped(HostTensor frozen, HostTensor? theta)
    {
        Tensor matrix = tensor(frozen.Values, [frozen.Shape[0], frozen.Shape[1]]);
        if (theta is null)
        {
            return matrix;
        }

        int rows = frozen.Shape[0];
        int columns = frozen.Shape[1];
        int parts = rows == 3 * columns ? 3 : rows == 2 * columns ? 2 : 1;
        return cat([.. Enumerable.Range(0, parts).Select(part => Warped(matrix.narrow(0, part * rows / parts, rows / parts).to(float64), theta))], 0).to(float32);
    }

    private static Tensor Warped(Tensor matrix, HostTensor theta)
    {
        (Tensor u, Tensor sigma, Tensor vh) = linalg.svd(matrix, fullMatrices: false);
        double[] warped = new double[sigma.shape[0]];
        new IndexWarp().Apply(sigma.data<double>().ToArray(), [.. theta.Values.Select(value => (double)value)], warped);
        return u.mul(tensor(warped)).matmul(vh);
    }

    private Tensor Norm(Tensor x, string key) => F.layer_norm(x, [x.shape[^1]], Get($"{key}.weight"), Get($"{key}.bias"), 1e-5);

    private Tensor Get(string key) => tensor(weights[key].Values, [.. weights[key].Shape.Select(size => (long)size)]);
}
