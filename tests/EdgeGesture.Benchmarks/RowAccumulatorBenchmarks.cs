using BenchmarkDotNet.Attributes;
using EdgeGesture.Vision;

namespace EdgeGesture.Benchmarks;

/// <summary>The vertical half of the resampling: vectors against their scalar twin, on a row of 640 YUYV pixels.</summary>
[MemoryDiagnoser]
public class RowAccumulatorBenchmarks
{
    private readonly byte[] _row = new byte[1280];
    private readonly ushort[] _sum = new ushort[1280];

    [GlobalSetup]
    public void Fill() => new Random(1).NextBytes(_row);

    [Benchmark(Baseline = true)]
    public void Scalar() => RowAccumulator.MultiplyAddScalar(_row, 51, _sum);

    [Benchmark]
    public void Vector() => RowAccumulator.MultiplyAdd(_row, 51, _sum);
}
