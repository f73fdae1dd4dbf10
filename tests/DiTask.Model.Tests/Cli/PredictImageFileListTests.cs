using DiTask.Cli.Predict;

namespace DiTask.Model.Tests.Cli;

public sealed class PredictImageFileListTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("ditask-predict-").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public void Expand_Folder_TakesItsPhotosByName()
    {
        Touch("b.JPG", "a.png", "notes.txt", "c.webp", "sub/d.png");

        Assert.Equal(["a", "b", "c"], Names(root));
    }

    [Fact]
    public void Expand_SameNameTwice_IsNumbered()
    {
        Touch("x/photo.jpg", "y/photo.png", "z/photo-2.jpg", "w/Photo.jpg");

        Assert.Equal(
            ["photo", "photo-3", "photo-2", "Photo-4"],
            Names(In("x/photo.jpg"), In("y/photo.png"), In("z/photo-2.jpg"), In("w/Photo.jpg")));
    }

    [Fact]
    public void Expand_SameFileTwice_IsTakenOnce()
    {
        Touch("a.png", "b.png");

        Assert.Equal(["b", "a"], Names(In("b.png"), root));
    }

    [Theory]
    [InlineData("*.jpg", new[] { "a1", "a2" })]
    [InlineData("a?.jpg", new[] { "a1", "a2" })]
    [InlineData("s*/*.png", new[] { "c", "d" })]
    [InlineData("**/*.png", new[] { "b", "c", "e", "d" })]
    [InlineData("sub/**/*.png", new[] { "c", "e" })]
    public void Expand_Pattern_MatchesItself(string pattern, string[] expected)
    {
        Touch("a2.jpg", "a1.jpg", "b.png", "sub/c.png", "sub/deep/e.png", "sub2/d.png");

        Assert.Equal(expected, Names(In(pattern)));
    }

    [Fact]
    public void Expand_NothingFound_ListsAllProblems()
    {
        Touch("empty/notes.txt");

        PredictException exception = Assert.Throws<PredictException>(() => ImageFileList.Expand([In("none.jpg"), In("*.bmp"), In("empty")]));

        Assert.Contains("none.jpg' matches no file", exception.Message, StringComparison.Ordinal);
        Assert.Contains("*.bmp' matches no file", exception.Message, StringComparison.Ordinal);
        Assert.Contains("holds no .jpg", exception.Message, StringComparison.Ordinal);
    }

    private static string[] Names(params string[] arguments) => [.. ImageFileList.Expand(arguments).Select(file => file.Name)];

    private string In(string path) => Path.Combine(root, path);

    private void Touch(params string[] paths)
    {
        foreach (string path in paths)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(In(path))!);
            File.WriteAllBytes(In(path), []);
        }
    }
}
