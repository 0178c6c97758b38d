using EdgeGesture.Power;

namespace EdgeGesture.Tests.Power;

/// <summary>A Raspberry Pi's firmware with prepared answers, and a record of the questions.</summary>
internal sealed class SimulatedVideoCore : IVideoCore
{
    public Dictionary<string, string> Answers { get; } = [];

    public List<string> Questions { get; } = [];

    public bool TryAsk(string question, out string answer)
    {
        Questions.Add(question);
        return Answers.TryGetValue(question, out answer!);
    }
}
