using DiTask.Client;
using DiTask.Model.Artifacts;
using DiTask.Model.Data;
using DiTask.Model.Data.Folders;
using DiTask.Model.Data.Transforms;
using DiTask.Model.Evaluation;

namespace DiTask.EndToEnd.Tests;

/// <summary>What the service answers for the scenes of a plain folder.</summary>
/// <param name="Model">Folder of the folded model.</param>
/// <param name="Scenes">The scenes.</param>
/// <param name="Maps">By name of the scene, then of the task.</param>
internal sealed record ServedScenes(string Model, FolderDataset Scenes, IReadOnlyDictionary<string, IReadOnlyDictionary<string, TaskMap>> Maps)
{
    private const int RequestImages = 8;

    /// <summary>Starts the service, asks it, stops it.</summary>
    public static async Task<ServedScenes> AskAsync(string model, string folder, string split)
    {
        string name = ModelFolder.Open(model).Manifest.Name;
        FolderDataset scenes = DatasetFolder.Open(folder, split);
        using TrainedService service = new(model);
        using DiTaskClient client = new(await service.StartAsync());
        Dictionary<string, IReadOnlyDictionary<string, TaskMap>> maps = [];
        foreach (string[] ids in Enumerable.Range(0, scenes.Count).Select(scenes.Id).Chunk(RequestImages))
        {
            ImageSource[] photos = [.. ids.Select(id => ImageSource.FromBytes(File.ReadAllBytes(Path.Combine(folder, "images", id + ".png")), id))];
            Prediction answer = await client.PredictAsync(photos, options: new PredictOptions { NormalsBits = 16 });
            Assert.Equal(name, answer.Model.Name);
            foreach ((string id, ImagePrediction image) in ids.Zip(answer.Images))
            {
                Assert.Null(image.Error);
                maps.Add(id, image.Maps);
            }
        }

        return new ServedScenes(model, scenes, maps);
    }

    /// <summary>Measures the maps as the evaluation measures logits.</summary>
    public EvaluationScores Measure()
    {
        ModelManifest manifest = ModelFolder.Open(Model).Manifest;
        BatchLoader loader = new(Scenes, new SampleTransform(Scenes.Tasks, manifest.Input.Size, manifest.Input.Mean, manifest.Input.Std), new BatchLoaderOptions());
        return new Evaluator(Scenes.Tasks).Run(loader.Epoch(0), batch => ServedLogits.Of(batch, Scenes.Tasks, Maps));
    }

    /// <summary>How far a score measured on served maps may lie from that of the logits.</summary>
    public static double ToleranceOf(MetricValue metric) => metric.Unit switch { "%" => 0.1, "deg" => 0.01, _ => 1e-3 };
}
