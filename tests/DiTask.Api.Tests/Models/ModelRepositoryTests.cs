using System.ComponentModel.DataAnnotations;
using DiTask.Api.Models;
using Microsoft.Extensions.Options;

namespace DiTask.Api.Tests.Models;

public sealed class ModelRepositoryTests : IDisposable
{
    private readonly RepositoryFolder folder = new RepositoryFolder().WithFake("a", "2").WithFake("a", "10").WithFake("b", "1");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Scan_Repository_ListsVersionsInOrderOfTheirNumbers() =>
        Assert.Equal([("a", "2"), ("a", "10"), ("b", "1")], Scan(new ModelsOptions { Path = folder.Path }));

    [Fact]
    public void Scan_WhatIsNoVersion_IsNotLookedAt()
    {
        folder.WithFake("a", ".11.0123.partial").WithFake("a", "notes").WithFake("a", "007").WithFake(".c", "1");
        Directory.CreateDirectory(folder.Folder("a", "12"));

        Assert.Equal([("a", "2"), ("a", "10"), ("b", "1")], Scan(new ModelsOptions { Path = folder.Path }));
    }

    [Fact]
    public void Scan_SingleFolder_IsOneModelWithTheNameAsked() =>
        Assert.Equal([("mine", null)], Scan(new ModelsOptions { Path = folder.Folder("a", "2"), Name = "mine" }));

    [Fact]
    public void Scan_RepositoryOfOneModel_CanBeRenamed()
    {
        folder.Remove("b", "1");

        Assert.Equal([("mine", "2"), ("mine", "10")], Scan(new ModelsOptions { Path = folder.Path, Name = "mine" }));
    }

    [Fact]
    public void Validate_SeveralMistakes_SaysThemAll()
    {
        folder.WithFake("x_tensor", "1");
        ModelsOptions options = new() { Path = folder.Path, Name = "mine", Default = "c" };

        string[] errors = [.. options.Validate(new ValidationContext(options)).Select(error => error.ErrorMessage!)];

        Assert.Equal(
            [
                "Models:Name is 'mine'; it renames a single model, and the repository holds a, b, x_tensor.",
                "Models:Default is 'c'; served are a, b, x_tensor.",
                "A model cannot be called 'x_tensor': names that end with _tensor are for the tensors of the others.",
            ],
            errors);
    }

    [Fact]
    public void Validate_DefaultIsThere_IsFine()
    {
        ModelsOptions options = new() { Path = folder.Path, Default = "b" };

        Assert.Empty(options.Validate(new ValidationContext(options)));
    }

    private static (string?, string?)[] Scan(ModelsOptions options) =>
        [.. new ModelRepository(Options.Create(options)).Scan().Select(source => (source.Name, source.Version))];
}
