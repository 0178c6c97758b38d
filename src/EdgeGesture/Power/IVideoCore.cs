namespace EdgeGesture.Power;

/// <summary>The firmware of a Raspberry Pi, which knows what its kernel does not.</summary>
public interface IVideoCore
{
    /// <summary>Asks the firmware; false where there is none or it does not answer.</summary>
    /// <param name="question">A command of vcgencmd: <c>get_throttled</c>.</param>
    /// <param name="answer">What it prints.</param>
    bool TryAsk(string question, out string answer);
}
