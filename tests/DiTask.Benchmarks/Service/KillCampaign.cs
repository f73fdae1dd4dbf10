using System.Security.Cryptography;
using DiTask.Tests;

namespace DiTask.Benchmarks.Service;

/// <summary>The process ends without warning under load; the next one must be as good as the first.</summary>
internal static class KillCampaign
{
    public static async Task<int> RunAsync(int kills)
    {
        string model = Path.Combine(Fixture.Repository, "models", "ditask-micro");
        string[] files = Digests(model);
        List<double> starts = [];
        byte[]? first = null;
        bool isSame = true;
        for (int kill = 0; kill <= kills; kill++)
        {
            using ServiceProcess service = await ServiceProcess.StartAsync(model);
            using Load load = new(service.Address);
            starts.Add(service.StartTime.TotalSeconds);
            using HttpResponseMessage response = await load.PostAsync(Photos.Village, "?tasks=depth&maps=npy", CancellationToken.None);
            byte[] maps = await MapsAsync(response);
            isSame &= (first ??= maps).AsSpan().SequenceEqual(maps);
            Task<IReadOnlyList<Reply>> running = load.CloseAsync(4, TimeSpan.FromSeconds(1), _ => Photos.Village);
            await Task.Delay(200 + 37 * kill);
            await service.KillAsync();
            await running;
        }

        Report report = new();
        Report.Say($"{kills} kills: ready again after {Report.Quantile(starts, 0.5):F2} s (median), {starts.Max():F2} s (longest)");
        report.Aim($"the model's files are as before", files.SequenceEqual(Digests(model)));
        report.Aim($"every new process gives the first one's maps", isSame);
        return report.ExitCode;
    }

    private static async Task<byte[]> MapsAsync(HttpResponseMessage response)
    {
        using System.Text.Json.JsonDocument manifest = System.Text.Json.JsonDocument.Parse(await response.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync());
        return manifest.RootElement.GetProperty("images")[0].GetProperty("maps").GetProperty("depth").GetProperty("data").GetBytesFromBase64();
    }

    private static string[] Digests(string folder) =>
        [.. Directory.GetFiles(folder).Order(StringComparer.Ordinal).Select(file => $"{Path.GetFileName(file)} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))}")];
}
