using System.Runtime.InteropServices;
using EdgeGesture.Cameras;

namespace EdgeGesture.Vision;

/// <summary>
/// Copies of the last frames that the network slept through, to be replayed when it wakes. The copies lie in native
/// memory that is made at the first frame and grows only when frames do.
/// </summary>
/// <remarks>Not thread-safe.</remarks>
public sealed unsafe class PreRoll : IDisposable
{
    // Of one frame: 1920×1080 in the largest format. A larger one is not kept, the gesture's beginning is lost then.
    private const int MostFrameBytes = 1920 * 1080 * 3;

    private readonly Slot[] _slots;
    private readonly TimeSpan _length;
    private int _first;

    /// <param name="lengthSeconds">How far back it reaches, above 0 or 0 for nothing.</param>
    /// <param name="cadenceFps">Frames per second at most.</param>
    public PreRoll(double lengthSeconds, double cadenceFps)
    {
        _length = TimeSpan.FromSeconds(lengthSeconds);
        _slots = new Slot[(int)Math.Ceiling(lengthSeconds * cadenceFps)];
        for (var i = 0; i < _slots.Length; i++)
        {
            _slots[i] = new Slot();
        }
    }

    /// <summary>Frames kept.</summary>
    public int Count { get; private set; }

    /// <summary>A kept frame, 0 being the oldest. Valid until the next <see cref="Keep"/>.</summary>
    public Frame this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            return At(index).Frame;
        }
    }

    /// <summary>Copies a frame; those that have become too old leave.</summary>
    public void Keep(Frame frame)
    {
        while (Count > 0 && (Count == _slots.Length || !IsWithin(At(0).Frame.Timestamp, frame.Timestamp)))
        {
            _first = (_first + 1) % _slots.Length;
            Count--;
        }

        if (_slots.Length > 0 && At(Count).TryCopy(frame))
        {
            Count++;
        }
    }

    /// <summary>Forgets the frames, not their memory.</summary>
    public void Clear() => Count = 0;

    public void Dispose()
    {
        Clear();
        foreach (var slot in _slots)
        {
            slot.Free();
        }
    }

    private Slot At(int index) => _slots[(_first + index) % _slots.Length];

    // A time that has gone back belongs to another recording.
    private bool IsWithin(TimeSpan kept, TimeSpan now) => kept <= now && now - kept <= _length;

    private sealed class Slot
    {
        private byte* _bytes;
        private int _capacityBytes;

        public Frame Frame { get; } = new();

        public bool TryCopy(Frame frame)
        {
            var length = frame.Data.Length;
            if (length > MostFrameBytes)
            {
                return false;
            }

            if (length > _capacityBytes)
            {
                // JPEG pictures differ in size: some room spares growing at every slightly larger one.
                _capacityBytes = frame.Format == PixelFormat.Mjpeg ? Math.Min(length * 2, MostFrameBytes) : length;
                _bytes = (byte*)NativeMemory.Realloc(_bytes, (nuint)_capacityBytes);
            }

            frame.Data.CopyTo(new Span<byte>(_bytes, length));
            Frame.SetLayout(frame.Format, frame.Width, frame.Height, frame.StrideBytes, frame.FullRange);
            Frame.Fill(_bytes, length, frame.Timestamp, frame.Sequence);
            return true;
        }

        public void Free()
        {
            NativeMemory.Free(_bytes);
            _bytes = null;
            _capacityBytes = 0;
        }
    }
}
