using DiTask.Model.Tasks;

namespace DiTask.Model.Tests.Tasks;

public sealed class ClassMetadataTests
{
    private static readonly TaskInfo Own = TaskCatalog.Describe("semseg", 2) with { Classes = [new TaskClass(0, "wall", "#102030"), new TaskClass(1, "sofa \"x\"", "#A0B0C0")] };

    [Fact]
    public void Apply_WhatWasWritten_IsReadBack()
    {
        Dictionary<string, string> metadata = new() { [ClassMetadata.Key] = ClassMetadata.Write([Own, TaskCatalog.Describe("depth", 1)]) };

        Assert.Equal(Own.Classes, ClassMetadata.Apply(TaskCatalog.Describe("semseg", 2), metadata).Classes);
        Assert.Equal(TaskCatalog.Describe("human_parts", 7).Classes, ClassMetadata.Apply(TaskCatalog.Describe("human_parts", 7), metadata).Classes);
        Assert.Empty(ClassMetadata.Apply(TaskCatalog.Describe("depth", 1), metadata).Classes);
    }

    [Fact]
    public void Apply_NoMetadata_LeavesTheTask() =>
        Assert.Equal("class_1", ClassMetadata.Apply(TaskCatalog.Describe("semseg", 2), new Dictionary<string, string>()).Classes[1].Name);

    [Theory]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"semseg":[["wall","#102030"]]}""")]
    [InlineData("""{"semseg":[["wall","#102030"],["","#102030"]]}""")]
    [InlineData("""{"semseg":[["wall","#102030"],["sofa","red"]]}""")]
    [InlineData("""{"semseg":[["wall","#102030"],["sofa","#10203G"]]}""")]
    [InlineData("""{"semseg":[["wall","#102030"],["sofa"]]}""")]
    public void Apply_SomethingElse_IsRefused(string text) =>
        Assert.Contains(ClassMetadata.Key, Assert.Throws<FormatException>(() => ClassMetadata.Apply(TaskCatalog.Describe("semseg", 2), new Dictionary<string, string> { [ClassMetadata.Key] = text })).Message, StringComparison.Ordinal);
}
