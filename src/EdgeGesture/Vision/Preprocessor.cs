using EdgeGesture.Cameras;
using EdgeGesture.Models;

namespace EdgeGesture.Vision;

/// <summary>
/// From a camera's frame to the network's input in one pass: the seen part is resized row by row, turned into RGB,
/// normalised and laid out as planes. There is no intermediate picture, only one row of sums.
/// </summary>
/// <remarks>Allocates only when the frames' layout changes. Not thread-safe.</remarks>
public sealed class Preprocessor
{
    private readonly int _size;
    private readonly bool _mirror;
    private readonly ColourConversion _colour;
    private readonly float[] _components; // one output row of the three components (Y U V, or R G B), each _size long
    private PreprocessPlan? _plan;

    /// <param name="model">The model whose input is made: its size, mean and standard deviation.</param>
    /// <param name="mirror">Whether the camera shows a mirrored picture, to be turned round.</param>
    public Preprocessor(ModelMetadata model, bool mirror = false)
    {
        _size = model.Size;
        _mirror = mirror;
        _colour = new ColourConversion(model.Mean, model.Std);
        _components = new float[3 * _size];
    }

    /// <summary>Makes the network's input of a frame.</summary>
    /// <param name="frame">A picture in any format but <see cref="PixelFormat.Mjpeg"/>.</param>
    /// <param name="input">3×S×S, red, green and blue planes.</param>
    /// <exception cref="EdgeGestureException">The frame has fewer bytes than its layout needs.</exception>
    public void Run(Frame frame, Span<float> input)
    {
        if (_plan?.Fits(frame) != true)
        {
            _plan = PreprocessPlan.Create(frame, _size, _mirror);
        }

        if (frame.Data.Length < _plan.LengthBytes)
        {
            throw new EdgeGestureException(
                $"A {frame.Width}×{frame.Height} {frame.Format} frame came with {frame.Data.Length} bytes where {_plan.LengthBytes} are needed; check the camera's cable and mode.");
        }

        var planeLength = _size * _size;
        for (var row = 0; row < _size; row++)
        {
            _plan.ResampleRow(frame.Data, row, _components);
            var at = row * _size;
            _colour.Convert(
                _components, frame.Format == PixelFormat.Rgb24, frame.FullRange,
                input.Slice(at, _size), input.Slice(planeLength + at, _size), input.Slice(2 * planeLength + at, _size));
        }
    }
}
