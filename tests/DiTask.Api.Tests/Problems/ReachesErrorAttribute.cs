using System.Reflection;
using Xunit.Sdk;

namespace DiTask.Api.Tests.Problems;

/// <summary>
/// Says that a test brings the service to answer with an error code. It is checked when the test runs: the test must have read such an answer
/// with <see cref="Answers.ProblemAsync"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class ReachesErrorAttribute(string code) : BeforeAfterTestAttribute
{
    private static readonly AsyncLocal<HashSet<string>?> Seen = new();

    private HashSet<string>? seen;

    public string Code { get; } = code;

    /// <summary>Called for every problem document that a test reads.</summary>
    public static void Note(string code)
    {
        if (Seen.Value is { } seen)
        {
            lock (seen)
            {
                seen.Add(code);
            }
        }
    }

    public override void Before(MethodInfo methodUnderTest) => seen = Seen.Value ??= [];

    public override void After(MethodInfo methodUnderTest)
    {
        HashSet<string> codes = seen!;
        lock (codes)
        {
            Assert.True(codes.Contains(Code), $"{methodUnderTest.Name} says that it reaches {Code}; it met: {string.Join(", ", codes)}.");
        }
    }
}
