namespace EdgeGesture.Outputs;

/// <summary>A clock fine enough for the edges of a PWM signal and for a video's frames; timers are late by a millisecond or more.</summary>
internal interface IEdgeClock
{
    TimeSpan Now { get; }

    void SleepUntil(TimeSpan time);
}
