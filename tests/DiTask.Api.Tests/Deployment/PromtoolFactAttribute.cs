namespace DiTask.Api.Tests.Deployment;

/// <summary>A test that asks promtool, and is skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PromtoolFactAttribute : FactAttribute
{
    public PromtoolFactAttribute()
    {
        if (Promtool.Program is null)
        {
            Skip = "promtool is absent: './ditask test' fetches it from Debian's package prometheus; elsewhere put it on the PATH or name it in DITASK_PROMTOOL.";
        }
    }
}
