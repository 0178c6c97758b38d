using System.Text;
using EdgeGesture.Tests.Support;

// What the virtual machines show the program: the tiny model, whose scores are a picture's mean colours, and videos at
// its 10 frames a second. Green is "Left", red is "Nothing".
const int Width = 64;
const int Height = 48;
var folder = args[0];
using (var model = new TinyModelFile())
{
    File.Copy(model.Path, Path.Combine(folder, "tiny.onnx"), overwrite: true);
}

// A part of grey pictures only: the motion gate takes a change of all of it for a new exposure.
var grey = Picture(128, 128, 128);
var red = Picture(81, 90, 240);
var green = Picture(145, 54, 34);
Write("left.y4m", [.. Enumerable.Repeat(grey, 20), .. Enumerable.Repeat(green, 100)]);

// An hour at 10 frames a second, with a gesture every six seconds.
Write("hour.y4m", Enumerable.Range(0, 36_000).Select(i => i / 30 % 2 == 0 ? red : green));

void Write(string name, IEnumerable<byte[]> pictures)
{
    using var stream = File.Create(Path.Combine(folder, name));
    stream.Write(Encoding.ASCII.GetBytes($"YUV4MPEG2 W{Width} H{Height} F10:1\n"));
    foreach (var picture in pictures)
    {
        stream.Write("FRAME\n"u8);
        stream.Write(picture);
    }
}

static byte[] Picture(byte y, byte u, byte v) =>
[
    .. Plane(Width, Height, y),
    .. Plane(Width / 2, Height / 2, u),
    .. Plane(Width / 2, Height / 2, v),
];

static IEnumerable<byte> Plane(int width, int height, byte left) =>
    Enumerable.Range(0, width * height).Select(i => i % width < 0.45 * width ? left : (byte)128);
