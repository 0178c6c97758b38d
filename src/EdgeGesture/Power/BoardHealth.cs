namespace EdgeGesture.Power;

/// <summary>How the board fares.</summary>
/// <param name="Now">Why it slows itself down now.</param>
/// <param name="SinceBoot">Why it has done so since it started.</param>
/// <param name="Celsius">Its hottest sensor, where it has any.</param>
public readonly record struct BoardHealth(ThrottleReasons Now, ThrottleReasons SinceBoot, double? Celsius);
