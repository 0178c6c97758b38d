using System.Buffers;

namespace EdgeGesture.Service.Control;

/// <summary>Reads lines of limited length.</summary>
internal sealed class LineReader(Stream stream, int mostBytes)
{
    private readonly ArrayBufferWriter<byte> _line = new();
    private byte[] _buffer = new byte[1024];
    private int _at;
    private int _end;

    /// <summary>The next line without its end; null at the stream's end. Valid until the next call.</summary>
    /// <exception cref="InvalidDataException">The line is longer than allowed.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(CancellationToken cancel)
    {
        _line.ResetWrittenCount();
        while (true)
        {
            var length = _buffer.AsSpan(_at, _end - _at).IndexOf((byte)'\n');
            var part = _buffer.AsSpan(_at, length < 0 ? _end - _at : length);
            if (_line.WrittenCount + part.Length > mostBytes)
            {
                throw new InvalidDataException($"a line is longer than {mostBytes} bytes");
            }

            _line.Write(part);
            _at += part.Length;
            if (length >= 0)
            {
                _at++;
                return _line.WrittenMemory;
            }

            // A long line (a picture) is read in larger pieces.
            if (_line.WrittenCount > _buffer.Length && _buffer.Length < 65536)
            {
                _buffer = new byte[65536];
            }

            (_at, _end) = (0, await stream.ReadAsync(_buffer, cancel).ConfigureAwait(false));
            if (_end == 0)
            {
                return null;
            }
        }
    }
}
