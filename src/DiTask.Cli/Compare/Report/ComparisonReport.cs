using System.Text;
using DiTask.Model.Files;
using DiTask.Model.Tasks;
using DiTask.Model.Training;

namespace DiTask.Cli.Compare.Report;

/// <summary>A comparison as a page with its figures.</summary>
internal static class ComparisonReport
{
    /// <summary>
    /// Writes NAME.md, NAME-gain.svg, NAME-parameters.svg (if rows differ in parameters) and NAME-curves.svg from the runs that are done, all of them or
    /// none.
    /// </summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="rows">What is done of it.</param>
    /// <param name="source">Where it and its runs lie; NAME is that of its file.</param>
    /// <param name="target">Folder to write to.</param>
    /// <exception cref="TrainingException">No run is done.</exception>
    /// <exception cref="InvalidDataException">A file of a run cannot be read.</exception>
    public static void Write(Comparison comparison, IReadOnlyList<ComparedRow> rows, ReportSource source, string target)
    {
        if (rows.Count == 0)
        {
            throw new TrainingException($"--report needs runs that are done; there is none in '{source.Out}'");
        }

        string name = Path.GetFileNameWithoutExtension(source.File);
        string[] tasks = [.. TaskCatalog.Names.Where(task => rows.Any(row => row.Runs[0].Scores.ContainsKey(task)))];
        ComparedRow[] compared = [.. rows.Where(row => row.Deltas.Count > 0 && double.IsFinite(row.Delta))];
        ComparedRow[] trained = [.. compared.Where(row => row.IsTrained)];
        bool differInSize = trained.Where(row => row.Name != Comparison.SingleRow).DistinctBy(row => row.Parameters).Skip(1).Any();
        List<ReportFigure> figures = [];
        Add("gain", "Delta-m of each row", compared.Length == 0 ? null : GainFigure.Draw(compared));
        Add("parameters", "Delta-m against trained parameters", differInSize ? ParameterFigure.Draw(trained) : null);
        Add("curves", "Learning curves", CurveFigure.Draw(comparison, rows, tasks, source.Out));
        Write(target, [.. figures.Select(figure => (figure.File, figure.Svg)), ($"{name}.md", ReportPage.Of(comparison, source, target, rows, figures))]);

        void Add(string kind, string title, string? svg)
        {
            if (svg is not null)
            {
                figures.Add(new ReportFigure($"{name}-{kind}.svg", title, svg));
            }
        }
    }

    // Everything is on the disk before the first file gets its name.
    private static void Write(string folder, IReadOnlyList<(string Name, string Text)> texts)
    {
        Directory.CreateDirectory(folder);
        if (texts.Select(text => Path.Combine(folder, text.Name)).FirstOrDefault(Directory.Exists) is { } taken)
        {
            throw new IOException($"'{taken}' is a folder; the report needs a file of that name.");
        }

        List<AtomicFile> files = [];
        try
        {
            foreach ((string name, string text) in texts)
            {
                AtomicFile file = new(Path.Combine(folder, name));
                files.Add(file);
                file.Stream.Write(Encoding.UTF8.GetBytes(text));
                file.Stream.Flush(flushToDisk: true);
            }

            files.ForEach(file => file.Complete());
        }
        finally
        {
            files.ForEach(file => file.Dispose());
        }
    }
}
