using System.Numerics;

namespace EdgeGesture.Training.Synthesis;

/// <summary>Zooming: the fingers spread (in) or close (out), all of them or thumb and index finger.</summary>
public static class Zooms
{
    public static Gesture In(Stage stage, bool fullHand) => Change(stage, fullHand, inwards: true);

    public static Gesture Out(Stage stage, bool fullHand) => Change(stage, fullHand, inwards: false);

    private static Gesture Change(Stage stage, bool fullHand, bool inwards)
    {
        var dice = stage.Dice;
        var closed = (fullHand ? HandPose.GripClosed : HandPose.PinchClosed).Varied(dice, 8);
        var open = (fullHand ? HandPose.Spread : HandPose.PinchOpen).Varied(dice, 8);
        var facing = HandKey.Towards(
            new Vector3(dice.Between(-0.2f, 0.5f), 1, dice.Between(0, 0.6f)), new Vector3(dice.Between(-0.2f, 0.7f), 0, 1));
        var (from, to) = inwards ? (closed, open) : (open, closed);
        var place = dice.Offset(0.06f);
        var drift = dice.Offset(0.02f);
        var seconds = dice.Between(0.3f, 0.8f);
        return new Gesture(
            $"Zooming {(inwards ? "In" : "Out")} With {(fullHand ? "Full Hand" : "Two Fingers")}", place, facing, from,
            RecognisableAfter: 0.5f,
            track =>
            {
                track.Move(seconds, place + drift, facing, to);
                track.Hold(dice.Between(0.1f, 0.4f));
            });
    }
}
