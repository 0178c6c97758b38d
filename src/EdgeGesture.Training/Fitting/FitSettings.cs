namespace EdgeGesture.Training.Fitting;

/// <summary>What a training run is repeated from; kept as settings.json in the run folder.</summary>
public sealed record FitSettings
{
    /// <summary>Folders of clip files to learn from.</summary>
    public required IReadOnlyList<string> Clips { get; init; }

    /// <summary>What the looks saw of clips of what the memory shall keep knowing (a file of `see`); null to learn from <see cref="Clips"/> alone.</summary>
    public string? Rehearse { get; init; }

    /// <summary>Folders of clip files to measure on; none of them is learnt from.</summary>
    public required IReadOnlyList<string> Validation { get; init; }

    /// <summary>Only clips of these labels; all when empty.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>The network's input side in pixels, which all clips are brought to.</summary>
    public required int Size { get; init; }

    /// <summary>Weights to start from (.f32 or .json of the pair, or a model .onnx), or a checkpoint to start from afresh (.safetensors).</summary>
    public required string Init { get; init; }

    /// <summary>Steps of the first look in all.</summary>
    public required int Steps { get; init; }

    /// <summary>Steps of the second look in all, with as many squares as the first has frames.</summary>
    public required int CloseSteps { get; init; }

    /// <summary>Clips a step.</summary>
    public required int BatchClips { get; init; }

    /// <summary>Frames of each clip, from a random place in it; few of many clips first teach what a hand is.</summary>
    public required int Frames { get; init; }

    /// <summary>The highest learning rate of the convolutions.</summary>
    public required double LearningRate { get; init; }

    /// <summary>The classifier's learning rate over the convolutions'.</summary>
    public required double HeadFactor { get; init; }

    /// <summary>The stem and so many blocks of both looks keep the weights they start with: faster, and true to real pictures.</summary>
    public required int FrozenBlocks { get; init; }

    /// <summary>Steps of the recurrent head, when the convolutions are done.</summary>
    public required int HeadSteps { get; init; }

    /// <summary>Steps of all together in the end.</summary>
    public required int JointSteps { get; init; }

    public required int Seed { get; init; }
}
