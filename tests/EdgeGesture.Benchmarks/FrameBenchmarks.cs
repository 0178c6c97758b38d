using BenchmarkDotNet.Attributes;
using EdgeGesture.Cameras;
using EdgeGesture.Models;
using EdgeGesture.Vision;

namespace EdgeGesture.Benchmarks;

/// <summary>What a 640×480 YUYV frame costs before the network: preprocessing for 128×128, the motion gate, keeping a copy.</summary>
[MemoryDiagnoser]
public class FrameBenchmarks : IDisposable
{
    private const int Size = 128;

    private readonly SyntheticCamera _camera = new(640, 480, 10);
    private readonly float[] _input = new float[3 * Size * Size];
    private readonly MotionGate _gate = new(new MotionGateOptions());
    private readonly PreRoll _preRoll = new(0.8, 10);
    private readonly Preprocessor _preprocessor = new(new ModelMetadata
    {
        Labels = JesterVocabulary.Labels,
        Size = Size,
        Mean = [0.5f, 0.5f, 0.5f],
        Std = [0.5f, 0.5f, 0.5f],
        CadenceFps = 10,
        Thresholds = new Dictionary<string, float>(),
        Background = JesterVocabulary.Background,
        Version = "none",
        Licence = "none",
    });

    [Benchmark(Baseline = true)]
    public void Preprocess() => _preprocessor.Run(Next(), _input);

    [Benchmark]
    public GateDecision Gate() => _gate.Observe(Next());

    [Benchmark]
    public void Keep() => _preRoll.Keep(Next());

    [GlobalCleanup]
    public void Dispose()
    {
        _camera.Dispose();
        _preRoll.Dispose();
        GC.SuppressFinalize(this);
    }

    private Frame Next()
    {
        _camera.Read(TimeSpan.Zero, out var frame);
        return frame!;
    }
}
