namespace DiTask.Api.Web;

/// <summary>The page at <c>/</c>. Section <c>Web</c>.</summary>
internal sealed class WebOptions
{
    public const string Section = "Web";

    /// <summary>Whether there is a page; without it, <c>/</c> leads to <c>/swagger</c>, where there is that. Default true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Folder of pictures that the page offers to try, served under <c>/samples</c>; absent for none.</summary>
    public string? Samples { get; set; }
}
