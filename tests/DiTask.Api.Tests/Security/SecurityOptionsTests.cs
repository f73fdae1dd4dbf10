using DiTask.Api.Security;
using DiTask.Tests;
using Microsoft.Extensions.Options;

namespace DiTask.Api.Tests.Security;

public sealed class SecurityOptionsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Validate_WrongKeys_NamesEachPlaceAndNoKey()
    {
        SecurityOptions options = new() { AdminKeysFile = Write("# of the administration\n\nfifteen-letters\nlong enough, but with spaces in it\n") };
        options.PredictKeys.Add("a-good-key-of-the-tests");
        options.PredictKeys.Add("short");
        options.AdminKeys.Add(new string('x', 257));

        ValidateOptionsResult result = new SecurityOptionsValidator().Validate(null, options);

        Assert.Equal(
            [
                "Security:PredictKeys:1 has 5 characters; a key has 16 to 256.",
                "Security:AdminKeys:0 has 257 characters; a key has 16 to 256.",
                "Security:AdminKeysFile, key 1 has 15 characters; a key has 16 to 256.",
                "Security:AdminKeysFile, key 2 has a character that no header can hold; a key has visible ASCII characters only.",
            ],
            result.Failures);
    }

    [Fact]
    public void Validate_FileWithoutKeys_DoesNotOpenTheService()
    {
        SecurityOptions options = new() { PredictKeysFile = Write("# nothing here\n") };

        Assert.Equal([$"Security:PredictKeysFile is '{options.PredictKeysFile}', which has no key."], new SecurityOptionsValidator().Validate(null, options).Failures);
    }

    [Fact]
    public void Validate_FileThatIsNotThere_SaysWhich()
    {
        SecurityOptions options = new() { PredictKeysFile = Path.Combine(folder.Path, "missing") };

        string failure = Assert.Single(new SecurityOptionsValidator().Validate(null, options).Failures!);
        Assert.StartsWith($"Security:PredictKeysFile is '{options.PredictKeysFile}', which cannot be read: ", failure, StringComparison.Ordinal);
    }

    [Fact]
    public void KeyRing_ListAndFile_OpenTogether()
    {
        SecurityOptions options = new() { PredictKeysFile = Write("key-of-the-file-no-one\r\n  key-of-the-file-no-two  \n") };
        options.PredictKeys.Add("key-of-the-list-no-one");

        KeyRing ring = new(Options.Create(options));

        Assert.True(new SecurityOptionsValidator().Validate(null, options).Succeeded);
        Assert.All(
            (string[])["key-of-the-file-no-one", "key-of-the-file-no-two", "key-of-the-list-no-one"], key => Assert.Equal((true, false), ring.GroupsOf(key)));
        Assert.Equal((false, false), ring.GroupsOf("key-of-the-file-no-tw"));
        Assert.True(ring.HasPredictKeys);
        Assert.False(ring.HasAdminKeys);
    }

    private string Write(string text)
    {
        string path = Path.Combine(folder.Path, "keys");
        File.WriteAllText(path, text);
        return path;
    }
}
