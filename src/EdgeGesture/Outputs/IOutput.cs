using EdgeGesture.Recognition;

namespace EdgeGesture.Outputs;

/// <summary>Something that actions are done to. Its calls come from one worker, but <see cref="MakeSafe"/> from any thread.</summary>
public interface IOutput : IDisposable
{
    /// <summary>Does one action. May block; may throw.</summary>
    void Perform(ActionOptions action, GestureEvent gesture);

    /// <summary>Goes to its safe level at once and ends what is still going on; does nothing where there is no such level.</summary>
    void MakeSafe();
}
