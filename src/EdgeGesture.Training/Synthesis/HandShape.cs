namespace EdgeGesture.Training.Synthesis;

/// <summary>The hand that a swipe or a slide is made with.</summary>
public enum HandShape
{
    Open,
    Index,
    TwoFingers,
}
