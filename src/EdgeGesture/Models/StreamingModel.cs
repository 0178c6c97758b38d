using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace EdgeGesture.Models;

/// <summary>
/// A streaming Temporal Shift Module network: one 2D network call per frame. In every shift block the first eighth of
/// the channels comes from the previous frame's cache, and this frame's goes into the cache (Lin, Gan and Han, "TSM",
/// arXiv 1811.08383, section 4.3: the online, uni-directional shift).
/// </summary>
/// <remarks>
/// There are two sets of cache tensors, A and B. Even frames read A and write B, odd frames read B and write A: both
/// ways are bound once, so a call copies nothing and allocates nothing. One thread at a time.
/// </remarks>
public sealed unsafe partial class StreamingModel : IDisposable
{
    private readonly RunOptions _runOptions = new();
    private readonly List<OrtValue> _tensors = [];

    // Network input: 1×3×S×S, red, green, blue planes, normalised with Metadata.Mean and Metadata.Std.
    private readonly OrtValue _frameTensor;
    private readonly float* _frame;
    private readonly int _frameLength;

    // Network output: one logit per label.
    private readonly OrtValue _scoresTensor;
    private readonly float* _scores;
    private readonly int _scoresLength;

    // The caches of States, twice.
    private readonly OrtValue[] _statesA;
    private readonly OrtValue[] _statesB;
    private InferenceSession _session;
    private OrtIoBinding _readAWriteB;
    private OrtIoBinding _readBWriteA;
    private bool _odd;

    // Since version 1.29 ONNX Runtime on Linux reports each model to its maker, unless the C library's environment (which
    // .NET's is only a copy of) says otherwise before the first call. Nothing leaves this device unasked.
    static StreamingModel()
    {
        if (OperatingSystem.IsLinux())
        {
            _ = SetEnvironment("ORT_DISABLE_TELEMETRY", "1", overwrite: 1);
        }
    }

    private StreamingModel(string path, int threads, InferenceSession session, ModelMetadata metadata)
    {
        Path = path;
        Threads = threads;
        _session = session;
        Metadata = metadata;
        States = ModelSignature.StatesOf(session, metadata, path);

        _frameTensor = Allocate(TensorElementType.Float, [1, 3, metadata.Size, metadata.Size]);
        _scoresTensor = Allocate(TensorElementType.Float, [1, metadata.Labels.Count]);
        _frame = Pointer(_frameTensor, out _frameLength);
        _scores = Pointer(_scoresTensor, out _scoresLength);
        _statesA = [.. States.Select(state => Allocate(state.Type, [.. state.Dimensions]))];
        _statesB = [.. States.Select(state => Allocate(state.Type, [.. state.Dimensions]))];
        (_readAWriteB, _readBWriteA) = Bind(session);
        Reset();
    }

    /// <summary>The file that it came from.</summary>
    public string Path { get; }

    public ModelMetadata Metadata { get; }

    /// <summary>Threads of one call.</summary>
    public int Threads { get; private set; }

    /// <summary>The caches: one tensor per shift block, in the network's order.</summary>
    public IReadOnlyList<TensorShape> States { get; }

    /// <summary>The picture to recognise next: 3×S×S, red, green and blue planes, normalised.</summary>
    public Span<float> Frame => new(_frame, _frameLength);

    /// <summary>The logits of the last <see cref="Step"/>, one per label; softmax makes them probabilities.</summary>
    public ReadOnlySpan<float> Scores => new(_scores, _scoresLength);

    /// <summary>Loads a model file and proves that it is one that can stream.</summary>
    /// <param name="path">An ONNX file as <c>edgegesture-train export</c> writes it.</param>
    /// <param name="threads">Threads of one call, 1–16. They sleep between calls.</param>
    /// <exception cref="EdgeGestureException">The file is missing, damaged, or not such a model.</exception>
    public static StreamingModel Load(string path, int threads = 1)
    {
        var session = OpenSession(path, threads);
        try
        {
            return new StreamingModel(path, threads, session, ModelMetadata.Parse(session.ModelMetadata.CustomMetadataMap, path));
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Reads the file again for another number of threads; the caches stay. False when it is no longer the same model:
    /// then everything stays as it was.
    /// </summary>
    /// <param name="threads">Threads of one call, 1–16.</param>
    public bool TryUseThreads(int threads)
    {
        InferenceSession? session = null;
        try
        {
            session = OpenSession(Path, threads);
            var metadata = ModelMetadata.Parse(session.ModelMetadata.CustomMetadataMap, Path);
            if (metadata.Version != Metadata.Version || !ModelSignature.StatesOf(session, Metadata, Path).Zip(States).All(pair => pair.First.Dimensions.SequenceEqual(pair.Second.Dimensions)))
            {
                session.Dispose();
                return false;
            }
        }
        catch (EdgeGestureException)
        {
            session?.Dispose();
            return false;
        }

        DisposeSession();
        (_session, Threads) = (session, threads);
        (_readAWriteB, _readBWriteA) = Bind(session);
        return true;
    }

    /// <summary>Runs the network on <see cref="Frame"/> and the caches: new <see cref="Scores"/>, new caches.</summary>
    public void Step()
    {
        _session.RunWithBinding(_runOptions, _odd ? _readBWriteA : _readAWriteB);
        _odd = !_odd;
    }

    /// <summary>Forgets the past: every cache is zero, as before a clip's first frame.</summary>
    public void Reset()
    {
        for (var i = 0; i < States.Count; i++)
        {
            _statesA[i].GetTensorMutableRawData().Fill(States[i].ZeroByte);
            _statesB[i].GetTensorMutableRawData().Fill(States[i].ZeroByte);
        }

        _odd = false;
    }

    public void Dispose()
    {
        DisposeSession();
        foreach (var tensor in _tensors)
        {
            tensor.Dispose();
        }

        _runOptions.Dispose();
    }

    private static InferenceSession OpenSession(string path, int threads)
    {
        if (!File.Exists(path))
        {
            throw new EdgeGestureException($"There is no model file {path}; name another with --model, or reinstall EdgeGesture for its default.");
        }

        if (new FileInfo(path).Length == 0)
        {
            throw new EdgeGestureException($"The model file {path} is empty; copy it again, or take models/default.onnx.");
        }

        try
        {
            using var options = new SessionOptions
            {
                IntraOpNumThreads = threads,
                InterOpNumThreads = 1,
                ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
                GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
                LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
            };

            // Waiting threads that spin take over 40 % of a core between frames; sleeping ones take 2 %.
            options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
            options.AddSessionConfigEntry("session.inter_op.allow_spinning", "0");

            // On x86-64 ONNX Runtime would make signed 8-bit activations unsigned, but the caches cannot change.
            options.AddSessionConfigEntry("session.qdqisint8allowed", "1");
            return new InferenceSession(path, options);
        }
        catch (OnnxRuntimeException exception) when (exception.Message.Contains("ErrorCode:InvalidProtobuf", StringComparison.Ordinal))
        {
            throw new EdgeGestureException(
                $"The model file {path} is not a whole ONNX model (truncated, or another kind of file); copy it again, or take models/default.onnx.", exception);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new EdgeGestureException(
                $"The model file {path} is not one that ONNX Runtime can run ({exception.Message.ReplaceLineEndings(" ")}); export it again with edgegesture-train.", exception);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new EdgeGestureException($"The model file {path} may not be read by this user; give it read permission with chmod a+r.", exception);
        }
    }

    private void DisposeSession()
    {
        _readAWriteB.Dispose();
        _readBWriteA.Dispose();
        _session.Dispose();
    }

    private OrtValue Allocate(TensorElementType type, long[] dimensions)
    {
        var tensor = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, type, dimensions);
        tensor.GetTensorMutableRawData().Clear();
        _tensors.Add(tensor);
        return tensor;
    }

    // ONNX Runtime's own memory: it does not move while the tensor lives.
    private static float* Pointer(OrtValue tensor, out int length)
    {
        var span = tensor.GetTensorMutableDataAsSpan<float>();
        length = span.Length;
        fixed (float* data = span)
        {
            return data;
        }
    }

    private (OrtIoBinding ReadAWriteB, OrtIoBinding ReadBWriteA) Bind(InferenceSession session) =>
        (Bind(session, _statesA, _statesB), Bind(session, _statesB, _statesA));

    private OrtIoBinding Bind(InferenceSession session, OrtValue[] read, OrtValue[] write)
    {
        var binding = session.CreateIoBinding();
        binding.BindInput(ModelSignature.Frame, _frameTensor);
        binding.BindOutput(ModelSignature.Scores, _scoresTensor);
        for (var i = 0; i < States.Count; i++)
        {
            binding.BindInput(ModelSignature.StateIn(i), read[i]);
            binding.BindOutput(ModelSignature.StateOut(i), write[i]);
        }

        return binding;
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
