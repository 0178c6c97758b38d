using CsCheck;
using EdgeGesture.Service.Control;

namespace EdgeGesture.Service.Tests.Control;

public class LineReaderTests
{
    // However a stream is cut into pieces, the same lines come out.
    [Fact]
    public void Lines_do_not_depend_on_how_they_arrive() => Gen.Select(Gen.Byte[0, 12].Select(b => b < 3 ? (byte)'\n' : (byte)(b + 'a')).Array[0, 4000], Gen.Int[1, 1500]).Sample(
        (bytes, piece) =>
        {
            using var stream = new SlowStream(bytes, piece);
            var reader = new LineReader(stream, 100_000);
            var lines = new List<byte[]>();
            while (reader.ReadAsync(CancellationToken.None).AsTask().Result is { } line)
            {
                lines.Add(line.ToArray());
            }

            var expected = System.Text.Encoding.ASCII.GetString(bytes).Split('\n')[..^1]; // what has no end is no line
            return expected.SequenceEqual(lines.Select(System.Text.Encoding.ASCII.GetString));
        },
        seed: "0000KeZcV2L4", iter: 300);

    private sealed class SlowStream(byte[] bytes, int most) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(most, buffer.Length)], cancellationToken);
    }
}
