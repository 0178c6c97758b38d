using EdgeGesture.Recognition;

namespace EdgeGesture.Outputs;

/// <summary>A line that is set to a share between off and on, or moved up and down by steps.</summary>
public sealed class PwmOutput : IOutput
{
    private readonly IPwmLine _line;
    private readonly double _safe;
    private double _duty;

    /// <param name="options">The line and its shares.</param>
    /// <param name="board">Where the line comes from.</param>
    /// <param name="failed">Told when the line cannot be switched between two actions.</param>
    /// <exception cref="EdgeGestureException">The line cannot be had.</exception>
    public PwmOutput(PwmOptions options, IBoard board, Action<Exception> failed)
    {
        _safe = options.Safe;
        _duty = options.Initial;
        _line = board.OpenPwm(options.Line, options.FrequencyHertz, options.Initial, failed);
    }

    public void Perform(ActionOptions action, GestureEvent gesture, CancellationToken stop) => Set(action.Do switch
    {
        Verb.On => 1,
        Verb.Off => 0,
        Verb.Step => Math.Clamp(_duty + action.By, 0, 1),
        _ => action.Level,
    });

    public void MakeSafe() => Set(_safe);

    public void Dispose()
    {
        try
        {
            MakeSafe();
        }
        finally
        {
            _line.Dispose();
        }
    }

    private void Set(double duty)
    {
        _line.SetDuty(duty);
        _duty = duty;
    }
}
