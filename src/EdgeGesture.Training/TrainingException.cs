namespace EdgeGesture.Training;

/// <summary>What went wrong, in one sentence for the person at the terminal: what, where, what to do.</summary>
public sealed class TrainingException(string message) : Exception(message);
