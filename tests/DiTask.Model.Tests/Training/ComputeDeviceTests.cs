using DiTask.Model.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace DiTask.Model.Tests.Training;

public sealed class ComputeDeviceTests
{
    [Theory]
    [InlineData("auto", 0, DeviceType.CPU)]
    [InlineData("cpu", 2, DeviceType.CPU)]
    [InlineData("auto", 1, DeviceType.CUDA)]
    [InlineData("cuda", 1, DeviceType.CUDA)]
    [InlineData("cuda:0", 1, DeviceType.CUDA)]
    public void Of_WhatThereIs_IsTaken(string name, int gpus, DeviceType expected) => Assert.Equal(expected, ComputeDevice.Of(name, gpus).type);

    [Fact]
    public void Of_NumberedGpu_IsThatOne() => Assert.Equal(1, ComputeDevice.Of("cuda:1", 2).index);

    [Theory]
    [InlineData("cuda", 0, "sees no GPU here")]
    [InlineData("cuda:0", 0, "sees no GPU here")]
    [InlineData("cuda:1", 1, "sees 1 GPU here, cuda:0 to cuda:0")]
    [InlineData("cuda:7", 2, "sees 2 GPUs here, cuda:0 to cuda:1")]
    [InlineData("gpu", 2, "auto, cpu, cuda or cuda:N; found 'gpu'")]
    [InlineData("cuda:x", 2, "found 'cuda:x'")]
    [InlineData("", 0, "found ''")]
    public void Of_WhatThereIsNot_IsRefusedByName(string name, int gpus, string expected) =>
        Assert.Contains(expected, Assert.Throws<TrainingException>(() => ComputeDevice.Of(name, gpus)).Message, StringComparison.Ordinal);
}
