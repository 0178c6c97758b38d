namespace EdgeGesture.Training.Streams;

/// <summary>
/// Raises thresholds until a stream in which nobody makes a gesture gives at most one event an hour: step by step that
/// of the gesture that fires most often. Shorter streams than an hour must give none.
/// </summary>
public static class FalseEventCalibration
{
    private const double LargestPerHour = 1;
    private const float Step = 0.02f;
    private const float Highest = 1;

    /// <returns>The thresholds (0..1 by label), none below what it was, and the events that remain.</returns>
    public static (Dictionary<string, float> Thresholds, int Events) Of(ClipStream background, IReadOnlyDictionary<string, float> thresholds)
    {
        var raised = thresholds.ToDictionary();
        for (; ; )
        {
            var events = background.Events(raised);
            if (events.Count <= LargestPerHour * background.Length.TotalHours)
                return (raised, events.Count);
            var most = events.GroupBy(gesture => gesture.Gesture).MaxBy(group => group.Count())!.Key;
            if (raised[most] >= Highest)
                throw new TrainingException($"\"{most}\" fires in background clips however high its threshold; train longer, or leave the label out with `fit --label`.");
            raised[most] = MathF.Min(MathF.Round(raised[most] + Step, 3), Highest);
        }
    }
}
