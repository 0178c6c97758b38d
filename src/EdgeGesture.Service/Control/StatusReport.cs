namespace EdgeGesture.Service.Control;

/// <summary>The service at one moment, for people and programs. Times are seconds, watts and joules are the board's.</summary>
internal sealed record StatusReport(
    string Version,
    int Pid,
    double UptimeSeconds,
    CameraStatus Camera,
    NetworkStatus Network,
    CountStatus Counts,
    OutputStatus Outputs,
    PowerStatus Power,
    ProcessStatus Process,
    IReadOnlyList<GestureStatus> Gestures,
    IReadOnlyList<ScoreStatus> Scores,
    TroubleStatus? LastError);

/// <param name="Name">The device or file.</param>
/// <param name="Mode">What it delivers.</param>
/// <param name="Fps">Frames a second over the last seconds.</param>
/// <param name="LostSeconds">For how long it has been lost; null while it gives frames.</param>
internal sealed record CameraStatus(string Name, string Mode, double Fps, double? LostSeconds);

/// <param name="Model">The file.</param>
/// <param name="Version">The model's version.</param>
/// <param name="CadenceFps">Frames a second that the network looks at while something moves, as the power governor allows.</param>
/// <param name="FullCadenceFps">The same without the governor.</param>
/// <param name="CallsPerSecond">Network calls over the last seconds.</param>
/// <param name="IsAwake">Whether something moves.</param>
/// <param name="IsPaused">Whether the button has paused recognition.</param>
/// <param name="MedianMs">From a frame's arrival to its scores, the median of the last frames.</param>
/// <param name="WorstMs">The longest of them.</param>
internal sealed record NetworkStatus(
    string Model, string Version, double CadenceFps, double FullCadenceFps, double CallsPerSecond, bool IsAwake, bool IsPaused, double? MedianMs, double? WorstMs);

/// <summary>Since the service's start.</summary>
internal sealed record CountStatus(long Frames, long Due, long Broken, long NetworkCalls, long Gestures);

internal sealed record OutputStatus(string Board, int Outputs, int Actions);

/// <param name="Source">Where the watts come from.</param>
/// <param name="IsMeasured">False where they are an estimate.</param>
/// <param name="Watts">Now; null while the meter gives no reading.</param>
/// <param name="MeanWatts">Over the last 30 s.</param>
/// <param name="BudgetWatts">What the board may take; null without a budget.</param>
/// <param name="Level">The power governor's level, 0 being full.</param>
/// <param name="LevelReason">Why it last changed.</param>
/// <param name="TodayWattHours">Since midnight.</param>
/// <param name="JoulesPerCall">For each network call today; null before the first.</param>
/// <param name="Celsius">The board's hottest sensor.</param>
/// <param name="ThrottledNow">Why the board slows itself down now, or "none".</param>
/// <param name="ThrottledSinceBoot">Why it has done so since it started, or "none".</param>
internal sealed record PowerStatus(
    string Source, bool IsMeasured, double? Watts, double? MeanWatts, double? BudgetWatts, int Level, string LevelReason,
    double TodayWattHours, double? JoulesPerCall, double? Celsius, string ThrottledNow, string ThrottledSinceBoot);

internal sealed record ProcessStatus(double ResidentMb, double ProcessorSeconds);

internal sealed record GestureStatus(DateTimeOffset Time, string Gesture, double Confidence);

/// <param name="Label">The gesture.</param>
/// <param name="Score">Its smoothed probability, 0–1.</param>
/// <param name="Threshold">The score at which it fires; null where it never does.</param>
internal sealed record ScoreStatus(string Label, double Score, double? Threshold);

/// <summary>The log's last warning or error.</summary>
internal sealed record TroubleStatus(DateTimeOffset Time, string Level, string Message);
