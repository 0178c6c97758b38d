namespace EdgeGesture.Tests.Cameras;

/// <summary>Tests that count what the whole process has open: they run after the others, one by one.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
