using System.Text;
using EdgeGesture.Tests.Support;

// What the virtual machines show the program: the tiny model, whose scores are a picture's mean colours, and videos at
// its 10 frames a second. Grey is nothing, green is "Left".
const int Width = 64;
const int Height = 48;
var folder = args[0];
using (var model = new TinyModelFile())
{
    File.Copy(model.Path, Path.Combine(folder, "tiny.onnx"), overwrite: true);
}

// Part of the picture only: the motion gate takes a change of all of it for a new exposure.
var grey = Picture(greenPart: 0);
var green = Picture(greenPart: 0.45);
Write("left.y4m", [.. Enumerable.Repeat(grey, 20), .. Enumerable.Repeat(green, 100)]);

// An hour at 10 frames a second.
Write("hour.y4m", Enumerable.Range(0, 36_000).Select(i => i / 20 % 2 == 0 ? grey : green));

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

static byte[] Picture(double greenPart) =>
[
    .. Plane(Width, Height, greenPart, grey: 128, green: 145),
    .. Plane(Width / 2, Height / 2, greenPart, grey: 128, green: 54),
    .. Plane(Width / 2, Height / 2, greenPart, grey: 128, green: 34),
];

static IEnumerable<byte> Plane(int width, int height, double greenPart, byte grey, byte green) =>
    Enumerable.Range(0, width * height).Select(i => i % width < greenPart * width ? green : grey);
