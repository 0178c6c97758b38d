using EdgeGesture.Inputs;

namespace EdgeGesture.Outputs;

/// <summary>A board with GPIO lines.</summary>
public interface IBoard : IDisposable
{
    /// <summary>For the log: <c>pinctrl-bcm2711 (gpiochip0)</c>, <c>simulated board</c>.</summary>
    string Name { get; }

    /// <summary>Finds a line without touching it.</summary>
    /// <param name="line">Its name or number.</param>
    /// <returns>What the board knows it by: the same for each of a line's names.</returns>
    /// <exception cref="EdgeGestureException">There is no such line, or it is in use.</exception>
    string Check(string line);

    /// <summary>Takes a line as an output.</summary>
    /// <param name="line">Its name or number.</param>
    /// <param name="isHigh">The voltage that it gets at once.</param>
    /// <exception cref="EdgeGestureException">There is no such line, it is in use, or it may not be used.</exception>
    IOutputLine Open(string line, bool isHigh);

    /// <summary>Takes a line as an output that is on for a share of the time.</summary>
    /// <param name="line">A GPIO line, or a channel of the board's own PWM such as <c>pwmchip0/1</c>.</param>
    /// <param name="frequencyHertz">Periods a second.</param>
    /// <param name="duty">The share of the time that it is on from the beginning, 0–1.</param>
    /// <param name="failed">Told when the line cannot be switched later.</param>
    /// <exception cref="EdgeGestureException">There is no such line, it is in use, or it may not be used.</exception>
    IPwmLine OpenPwm(string line, double frequencyHertz, double duty, Action<Exception> failed);

    /// <summary>Takes a line as an input.</summary>
    /// <param name="line">Its name or number.</param>
    /// <param name="pull">Where the board's own resistor pulls it.</param>
    /// <exception cref="EdgeGestureException">There is no such line, it is in use, or it may not be used.</exception>
    IInputLine OpenInput(string line, Pull pull);
}
