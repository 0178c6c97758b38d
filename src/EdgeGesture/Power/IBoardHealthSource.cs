namespace EdgeGesture.Power;

/// <summary>Something that knows whether the board is too hot or short of power.</summary>
public interface IBoardHealthSource
{
    BoardHealth Read();
}
