using System.Numerics.Tensors;
using System.Runtime.Intrinsics;
using EdgeGesture.Cameras;

namespace EdgeGesture.Vision;

/// <summary>
/// Lets the network sleep while nothing moves: a pure function of (frames, their times). Each frame becomes a coarse
/// grid of brightness that is held against its own slowly following memory; three neighbouring cells that differ are
/// motion, and motion keeps the network awake for the hold time.
/// </summary>
/// <remarks>
/// <para>What is not motion: a change that a whole row of cells shares, or that lies between nothing and twice that
/// change. Brightness is logarithmic, so a new exposure (a common gain) is a common difference; mains light over a rolling
/// shutter brightens whole rows; a saturated cell shares less of it and a cell next to the lamp more. Noise is estimated
/// from the picture itself, and slow drift is followed by the memory.</para>
/// <para>Allocates only when the frames' layout changes. Not thread-safe.</para>
/// </remarks>
public sealed class MotionGate
{
    // Motion may have ended so long before the network's hold time begins.
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(0.25);

    // Time constant of the memory. A shadow that darkens a cell by a tenth in 10 s stays below the threshold, a hand of
    // little contrast that needs 2 s across a cell does not.
    private const double MemorySeconds = 2.0;

    // Time constants of the noise estimate: it may fall quicker than rise, because large motion looks like noise.
    private const double NoiseFallSeconds = 1.0;
    private const double NoiseRiseSeconds = 5.0;
    private const int NoiseStep = 13; // of the cells that it looks at; no divisor of the grid's height, so that all rows count
    private const float LeastNoiseLevels = 0.15f; // of a cell's mean
    private const float MostNoiseLevels = 6f;
    private const float InitialNoiseLevels = 1f;
    private const float NoiseFactor = 5f; // a cell must differ by so many standard deviations

    // Added to the brightness before the logarithm: below it the picture is noise.
    private const float DarkLevels = 12f;

    // How far, in octaves, a row's common change may lie from the picture's: mains light does not go beyond 10 % of the
    // level, an arm along the row does.
    private const float MostRowChange = 0.15f;

    private const float Ln2 = 0.6931472f;

    private const int Neighbours = 2; // a moving cell needs so many that move, too
    private const int Margin = 1; // of still cells around the map of moving ones
    private const int MapRows = LumaGrid.Rows + 2 * Margin;

    private readonly MotionGateOptions _options;
    private readonly TimeSpan _hold;
    private readonly TimeSpan _proofOfLife;
    private readonly float _leastChange;
    private readonly LumaGrid _grid = new();
    private readonly float[] _levels = new float[LumaGrid.Cells]; // brightness now
    private readonly float[] _change = new float[LumaGrid.Cells]; // log2 of it, less the memory
    private readonly float[] _memory = new float[LumaGrid.Cells]; // log2 of brightness, smoothed
    private readonly float[] _sample = new float[(LumaGrid.Cells + NoiseStep - 1) / NoiseStep];
    private readonly float[] _rowChange = new float[LumaGrid.Rows];
    private readonly float[] _leastShared = new float[LumaGrid.Rows];
    private readonly float[] _mostShared = new float[LumaGrid.Rows];
    private readonly int[] _moving = new int[MapRows * (LumaGrid.Columns + 2 * Margin)];
    private TimeSpan? _last;
    private TimeSpan _lastMotion;
    private TimeSpan _lastRun;
    private float _noiseLevels = InitialNoiseLevels;

    public MotionGate(MotionGateOptions options)
    {
        _options = options;
        _hold = TimeSpan.FromSeconds(options.HoldSeconds);
        _proofOfLife = TimeSpan.FromSeconds(options.ProofOfLifeSeconds);
        // 12 % at sensitivity 0, 6 % at 0.5, 3 % at 1.
        _leastChange = 0.18f * MathF.Pow(4, -(float)options.Sensitivity);
    }

    /// <summary>Whether the network is awake. It is before the first frame.</summary>
    public bool IsAwake { get; private set; } = true;

    /// <summary>The estimated noise of a cell's brightness, in levels of 255.</summary>
    internal float NoiseLevels => _noiseLevels;

    /// <summary>Says what to do with a frame. Times never decrease; where they do, or after a gap, it starts anew, awake.</summary>
    /// <param name="frame">A due frame in any format but <see cref="PixelFormat.Mjpeg"/>.</param>
    /// <exception cref="EdgeGestureException">The frame has fewer bytes than its layout needs.</exception>
    public GateDecision Observe(Frame frame)
    {
        if (!_options.Enabled)
        {
            return GateDecision.Run;
        }

        var now = frame.Timestamp;
        var wasAwake = IsAwake;
        if (IsLookNeeded(now) && IsMotion(frame))
        {
            _lastMotion = now;
        }

        IsAwake = now - _lastMotion < _hold;
        if (!IsAwake && now - _lastRun < _proofOfLife)
        {
            return GateDecision.Sleep;
        }

        _lastRun = now;
        return IsAwake && !wasAwake ? GateDecision.Wake : GateDecision.Run;
    }

    /// <summary>Forgets the past, as before the first frame.</summary>
    public void Reset()
    {
        _last = null;
        IsAwake = true;
        _noiseLevels = InitialNoiseLevels;
    }

    // Motion just seen will last a moment: until then a look would tell nothing new.
    private bool IsLookNeeded(TimeSpan now) => _last is null || now < _lastMotion || now - _lastMotion >= LookAgain;

    private bool IsMotion(Frame frame)
    {
        _grid.Measure(frame, _levels);
        TensorPrimitives.Add(_levels, DarkLevels, _levels);
        TensorPrimitives.Log2<float>(_levels, _change);
        var elapsedSeconds = (frame.Timestamp - _last)?.TotalSeconds;
        _last = frame.Timestamp;
        if (elapsedSeconds is not (>= 0 and < 2 * MemorySeconds))
        {
            _change.CopyTo(_memory.AsSpan());
            return true; // nothing is known of what happened before
        }

        TensorPrimitives.Subtract(_change, _memory, _change);
        TensorPrimitives.MultiplyAdd(_change, Weight(elapsedSeconds.Value, MemorySeconds), _memory, _memory);
        RemoveCommonChange();
        var isMotion = MarkMovingCells() && HasNeighbours();
        EstimateNoise(elapsedSeconds.Value);
        return isMotion;
    }

    // Leaves of each cell's change what its row does not share.
    private void RemoveCommonChange()
    {
        RowMedians.Of(_change, _rowChange);
        var common = RankMedian.Of(_rowChange);
        for (var row = 0; row < LumaGrid.Rows; row++)
        {
            var shared = 2 * Math.Clamp(_rowChange[row], common - MostRowChange, common + MostRowChange);
            (_leastShared[row], _mostShared[row]) = (Math.Min(shared, 0), Math.Max(shared, 0));
        }

        for (var at = 0; at < LumaGrid.Cells; at += LumaGrid.Rows)
        {
            for (var row = 0; row < LumaGrid.Rows; row += Vector128<float>.Count)
            {
                var change = Vector128.Create(_change.AsSpan(at + row));
                var (least, most) = (Vector128.Create(_leastShared.AsSpan(row)), Vector128.Create(_mostShared.AsSpan(row)));
                (change - Vector128.MinNative(Vector128.MaxNative(change, least), most)).CopyTo(_change.AsSpan(at + row));
            }
        }
    }

    // Marks the cells that changed by more than noise does; false when they are too few for motion.
    private bool MarkMovingCells()
    {
        // A difference of n levels is n / (ln 2 · levels) octaves.
        var noise = Vector128.Create(NoiseFactor * _noiseLevels / Ln2);
        var count = Vector128<int>.Zero;
        for (var column = 0; column < LumaGrid.Columns; column++)
        {
            for (var row = 0; row < LumaGrid.Rows; row += Vector128<float>.Count)
            {
                var cell = column * LumaGrid.Rows + row;
                var bound = Vector128.Create(_leastChange) + noise / Vector128.Create(_levels.AsSpan(cell));
                var change = Vector128.Abs(Vector128.Create(_change.AsSpan(cell)));
                var moves = Vector128.GreaterThan(change, bound).AsInt32() & Vector128<int>.One;
                moves.CopyTo(_moving.AsSpan((column + Margin) * MapRows + Margin + row));
                count += moves;
            }
        }

        return Vector128.Sum(count) > Neighbours;
    }

    // Noise is scattered, a hand is not.
    private bool HasNeighbours()
    {
        for (var column = Margin; column < LumaGrid.Columns + Margin; column++)
        {
            for (var at = column * MapRows + Margin; at < column * MapRows + Margin + LumaGrid.Rows; at++)
            {
                if (_moving[at] != 0 && Around(at - MapRows) + Around(at) + Around(at + MapRows) > Neighbours)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private int Around(int at) => _moving[at - 1] + _moving[at] + _moving[at + 1];

    // From the median of the differences, to which less than half of a picture in motion does not matter. A part of the
    // cells, from all rows, is enough for it.
    private void EstimateNoise(double elapsedSeconds)
    {
        const float MedianToDeviation = 1.4826f; // of a normal distribution
        var count = 0;
        for (var cell = 0; cell < LumaGrid.Cells; cell += NoiseStep)
        {
            _sample[count++] = Math.Abs(_change[cell]) * _levels[cell];
        }

        var levels = Math.Clamp(RankMedian.Of(_sample.AsSpan(0, count)) * Ln2 * MedianToDeviation, LeastNoiseLevels, MostNoiseLevels);
        _noiseLevels += Weight(elapsedSeconds, levels < _noiseLevels ? NoiseFallSeconds : NoiseRiseSeconds) * (levels - _noiseLevels);
    }

    // A moving average's weight of the new value.
    private static float Weight(double elapsedSeconds, double timeConstantSeconds) => (float)(1 - Math.Exp(-elapsedSeconds / timeConstantSeconds));
}
