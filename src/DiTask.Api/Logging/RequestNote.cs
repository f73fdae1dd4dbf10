namespace DiTask.Api.Logging;

/// <summary>What a feature adds to the log line of its request.</summary>
/// <param name="Text">For people, behind the line's usual parts.</param>
/// <param name="Properties">For machines.</param>
internal sealed record RequestNote(string Text, IReadOnlyList<(string Name, object Value)> Properties)
{
    public static void Set(HttpContext context, string text, params IReadOnlyList<(string Name, object Value)> properties) =>
        context.Features.Set(new RequestNote(text, properties));
}
