using DiTask.Client;
using DiTask.Model.Artifacts;
using DiTask.Model.Data;
using DiTask.Model.Data.Folders;
using DiTask.Model.Data.Transforms;
using DiTask.Model.Evaluation;
using DiTask.Model.Inference;
using DiTask.Model.Tasks;
using DiTask.Model.Vision;

namespace DiTask.EndToEnd.Tests;

/// <summary>What the service answers for the scenes of a plain folder.</summary>
/// <param name="Model">Folder of the folded model.</param>
/// <param name="Scenes">The scenes.</param>
/// <param name="Maps">By name of the scene, then of the task.</param>
internal sealed record ServedScenes(string Model, FolderDataset Scenes, IReadOnlyDictionary<string, IReadOnlyDictionary<string, TaskMap>> Maps)
{
    /// <summary>Starts the service, asks it, stops it.</summary>
    /// <param name="model">Folder of the folded model.</param>
    /// <param name="folder">Data set.</param>
    /// <param name="split">Its scenes.</param>
    /// <param name="perRequest">Scenes in a request.</param>
    /// <param name="maps">How maps are written; with <c>f32</c> nothing is rounded.</param>
    public static async Task<ServedScenes> AskAsync(string model, string folder, string split, int perRequest = 8, string maps = "png")
    {
        string name = ModelFolder.Open(model).Manifest.Name;
        FolderDataset scenes = DatasetFolder.Open(folder, split);
        using TrainedService service = new(model);
        using DiTaskClient client = new(await service.StartAsync());
        Dictionary<string, IReadOnlyDictionary<string, TaskMap>> served = [];
        foreach (string[] ids in Enumerable.Range(0, scenes.Count).Select(scenes.Id).Chunk(perRequest))
        {
            ImageSource[] photos = [.. ids.Select(id => ImageSource.FromBytes(File.ReadAllBytes(Path.Combine(folder, "images", id + ".png")), id))];
            Prediction answer = await client.PredictAsync(photos, options: new PredictOptions { NormalsBits = 16, Maps = maps });
            Assert.Equal(name, answer.Model.Name);
            foreach ((string id, ImagePrediction image) in ids.Zip(answer.Images))
            {
                Assert.Null(image.Error);
                served.Add(id, image.Maps);
            }
        }

        return new ServedScenes(model, scenes, served);
    }

    /// <summary>Each map beside what the folded model says in this process, one scene at a time.</summary>
    public IEnumerable<(TaskDecoder Own, TaskMap Served)> BesideOwn()
    {
        using MultiTaskSession session = MultiTaskSession.Open(ModelFolder.Open(Model));
        InputSpec input = session.Manifest.Input;
        SampleTransform transform = new([], input.Size, input.Mean, input.Std);
        for (int index = 0; index < Scenes.Count; index++)
        {
            using Sample sample = Scenes.Load(index);
            float[] image = transform.Apply(sample, new CounterRandom(0, RandomPurpose.Augmentation)).Image;
            IReadOnlyDictionary<string, TaskLogits> logits = session.RunAll(image, 1, session.Manifest.Tasks);
            foreach (TaskSpec task in session.Manifest.Tasks)
            {
                TaskDecoder own = new(task.Info, logits[task.Info.Name].EntryMemory(0), task.LogitsHeight, task.LogitsWidth, input.Size, input.Size);
                yield return (own, Maps[sample.Id][task.Info.Name]);
            }
        }
    }

    /// <summary>Labels must be the same, values within a tolerance; with 0 they are the same to the bit.</summary>
    public static void AssertSame(TaskDecoder own, TaskMap served, double tolerance)
    {
        if (own.Task.Kind == TaskKind.Labels)
        {
            Assert.Equal(own.ReadLabels(), served.ReadLabels());
        }
        else
        {
            Assert.All(own.ReadValues().Zip(ServedLogits.ChannelsFirst(served.ReadValues(), served.Channels)), pair => Assert.Equal(pair.First, pair.Second, tolerance));
        }
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
