using EdgeGesture.Recognition;

namespace EdgeGesture.Outputs;

/// <summary>Something that actions are done to. All its calls come one after the other, from one thread.</summary>
public interface IOutput : IDisposable
{
    /// <summary>Does one action. May block; may throw.</summary>
    /// <param name="action">What to do.</param>
    /// <param name="gesture">On what occasion.</param>
    /// <param name="stop">Asks an action that waits for something to give up, with an OperationCanceledException.</param>
    void Perform(ActionOptions action, GestureEvent gesture, CancellationToken stop);

    /// <summary>Goes to its safe level and ends what is still going on; does nothing where there is no such level.</summary>
    void MakeSafe();
}
