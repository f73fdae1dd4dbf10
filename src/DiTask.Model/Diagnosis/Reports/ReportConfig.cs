namespace DiTask.Model.Diagnosis.Reports;

/// <summary>A configuration to run.</summary>
/// <param name="Name">shared, or separate and its tasks.</param>
/// <param name="Yaml">The whole configuration, for <c>ditask train</c>.</param>
internal sealed record ReportConfig(string Name, string Yaml);
