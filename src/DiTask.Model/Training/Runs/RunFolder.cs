using DiTask.Model.Files;
using DiTask.Model.Training.Config;

namespace DiTask.Model.Training.Runs;

/// <summary>The files of a run: its configuration, logs, checkpoints, and the models that it gives.</summary>
internal sealed class RunFolder
{
    private const string ConfigName = "config.yaml";

    private RunFolder(string path) => Path = path;

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>Where states to go on from lie.</summary>
    public string Checkpoints => System.IO.Path.Combine(Path, "checkpoints");

    /// <summary>The model with the best score.</summary>
    public string Best => System.IO.Path.Combine(Path, "best");

    /// <summary>The model at the end.</summary>
    public string Last => System.IO.Path.Combine(Path, "last");

    /// <summary>A log file.</summary>
    public string Log(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Whether there is a run in a folder.</summary>
    public static bool Holds(string path) => File.Exists(System.IO.Path.Combine(path, ConfigName));

    /// <summary>The folder of a new run; it is not made yet.</summary>
    /// <exception cref="TrainingException">There is a run already.</exception>
    public static RunFolder New(string path)
    {
        return Holds(path)
            ? throw new TrainingException($"'{path}' holds a run already; --resume goes on with it, or choose another folder.")
            : new RunFolder(path);
    }

    /// <summary>Makes the folder and writes the configuration, every default with it.</summary>
    public void Write(RunConfig config)
    {
        Directory.CreateDirectory(Path);
        AtomicFile.Write(Log(ConfigName), stream =>
        {
            using StreamWriter writer = new(stream, leaveOpen: true);
            writer.Write(ConfigFile.Write(config));
        });
    }

    /// <summary>Opens a run to go on with it.</summary>
    /// <param name="path">Its folder.</param>
    /// <param name="settings">Changes of its configuration.</param>
    /// <exception cref="ConfigException">Its configuration cannot be read, or a change does not fit.</exception>
    public static (RunFolder Folder, RunConfig Config) Open(string path, IEnumerable<string> settings)
    {
        RunFolder folder = new(path);
        RunConfig config = ConfigFile.Read(folder.Log(ConfigName), settings);
        folder.Mend(folder.Best);
        folder.Mend(folder.Last);
        return (folder, config);
    }

    // A model is replaced in two moves. A process that died between them left the old one aside, and the new one without its name.
    private void Mend(string model)
    {
        string[] rest = [.. Directory.GetDirectories(Path, $".{System.IO.Path.GetFileName(model)}.*.partial*")];
        if (!Directory.Exists(model) && Array.Find(rest, name => name.EndsWith(".old", StringComparison.Ordinal)) is { } old)
        {
            Directory.Move(old, model);
        }

        foreach (string unfinished in rest.Where(Directory.Exists))
        {
            Directory.Delete(unfinished, recursive: true);
        }
    }
}
