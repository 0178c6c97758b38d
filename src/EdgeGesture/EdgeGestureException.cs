namespace EdgeGesture;

/// <summary>
/// Something went wrong that a person can mend. The message is one sentence for the person at the other end of an
/// SSH session: what happened, to which file or device, and what to do now. Programs print it without a stack trace.
/// </summary>
public class EdgeGestureException : Exception
{
    public EdgeGestureException(string message) : base(message)
    {
    }

    public EdgeGestureException(string message, Exception? innerException) : base(message, innerException)
    {
    }
}
