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
}
