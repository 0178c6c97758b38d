namespace EdgeGesture.Power;

/// <summary>The mean of the samples of the last so many seconds.</summary>
internal sealed class RollingMean(TimeSpan window)
{
    private readonly Queue<(TimeSpan Time, double Value)> _samples = new();

    public void Add(TimeSpan time, double value)
    {
        Drop(time);
        _samples.Enqueue((time, value));
    }

    /// <summary>The mean; null where there is no sample in the window.</summary>
    public double? Mean(TimeSpan now)
    {
        Drop(now);
        var sum = 0.0;
        foreach (var (_, value) in _samples)
        {
            sum += value;
        }

        return _samples.Count > 0 ? sum / _samples.Count : null;
    }

    public void Clear() => _samples.Clear();

    private void Drop(TimeSpan now)
    {
        while (_samples.TryPeek(out var oldest) && now - oldest.Time > window)
        {
            _samples.Dequeue();
        }
    }
}
