using System.Numerics.Tensors;
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
    // Time constant of the memory. A shadow that darkens a cell by a tenth in 10 s stays below the threshold, a hand of
    // little contrast that needs 2 s across a cell does not.
    private const double MemorySeconds = 2.0;

    // Time constants of the noise estimate: it may fall quicker than rise, because large motion looks like noise.
    private const double NoiseFallSeconds = 1.0;
    private const double NoiseRiseSeconds = 5.0;
    private const int NoiseStep = 7; // of the cells that it looks at; none of the grid's width, so that all columns count
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
    private const int MapColumns = LumaGrid.Columns + 2 * Margin;

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
    private readonly byte[] _moving = new byte[MapColumns * (LumaGrid.Rows + 2 * Margin)];
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

    /// <summary>Shortens the hold time, 0–1: the governor's way to let the network sleep more.</summary>
    public double HoldFactor { get; set; } = 1;

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
        if (IsMotion(frame))
        {
            _lastMotion = now;
        }

        IsAwake = now - _lastMotion < _hold * HoldFactor;
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
        for (var row = 0; row < LumaGrid.Rows; row++)
        {
            _rowChange[row] = RankMedian.Of(_change.AsSpan(row * LumaGrid.Columns, LumaGrid.Columns));
        }

        var common = RankMedian.Of(_rowChange);
        for (var row = 0; row < LumaGrid.Rows; row++)
        {
            var shared = 2 * Math.Clamp(_rowChange[row], common - MostRowChange, common + MostRowChange);
            var (least, most) = (Math.Min(shared, 0), Math.Max(shared, 0));
            foreach (ref var change in _change.AsSpan(row * LumaGrid.Columns, LumaGrid.Columns))
            {
                change -= Math.Clamp(change, least, most);
            }
        }
    }

    // Marks the cells that changed by more than noise does; false when they are too few for motion.
    private bool MarkMovingCells()
    {
        // A difference of n levels is n / (ln 2 · levels) octaves.
        var noise = NoiseFactor * _noiseLevels / Ln2;
        var count = 0;
        for (var row = 0; row < LumaGrid.Rows; row++)
        {
            var map = _moving.AsSpan((row + Margin) * MapColumns + Margin, LumaGrid.Columns);
            var change = _change.AsSpan(row * LumaGrid.Columns, LumaGrid.Columns);
            var levels = _levels.AsSpan(row * LumaGrid.Columns, LumaGrid.Columns);
            for (var column = 0; column < map.Length; column++)
            {
                var moves = Math.Abs(change[column]) > _leastChange + noise / levels[column];
                map[column] = moves ? (byte)1 : (byte)0;
                count += map[column];
            }
        }

        return count > Neighbours;
    }

    // Noise is scattered, a hand is not.
    private bool HasNeighbours()
    {
        for (var row = Margin; row < LumaGrid.Rows + Margin; row++)
        {
            for (var at = row * MapColumns + Margin; at < row * MapColumns + Margin + LumaGrid.Columns; at++)
            {
                if (_moving[at] != 0 && Around(at - MapColumns) + Around(at) + Around(at + MapColumns) > Neighbours)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private int Around(int at) => _moving[at - 1] + _moving[at] + _moving[at + 1];

    // From the median of the differences, to which less than half of a picture in motion does not matter. A part of the
    // cells, from all columns, is enough for it.
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
