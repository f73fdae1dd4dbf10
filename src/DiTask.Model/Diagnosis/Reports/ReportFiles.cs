using System.Text;
using System.Text.Json;
using DiTask.Model.Files;

namespace DiTask.Model.Diagnosis.Reports;

/// <summary>Writes a report: the page for people, the numbers behind it for programs. Each appears when it is whole.</summary>
internal static class ReportFiles
{
    /// <summary>Name of the page.</summary>
    public const string Html = "diagnosis.html";

    /// <summary>Name of the numbers.</summary>
    public const string Json = "diagnosis.json";

    /// <summary>Writes both into <paramref name="folder"/>, which is made if needed; the numbers first.</summary>
    public static void Write(DiagnosisReport report, string folder)
    {
        Directory.CreateDirectory(folder);
        AtomicFile.Write(Path.Combine(folder, Json), stream => JsonSerializer.Serialize(stream, report, DiagnosisJson.Default.DiagnosisReport));
        AtomicFile.Write(Path.Combine(folder, Html), stream => stream.Write(Encoding.UTF8.GetBytes(HtmlReport.Write(report))));
    }
}
