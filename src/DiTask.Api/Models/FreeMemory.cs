namespace DiTask.Api.Models;

/// <summary>Bytes that the process could still take.</summary>
internal delegate long FreeMemory();
