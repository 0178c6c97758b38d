using EdgeGesture.Cameras;
using EdgeGesture.Configuration;
using EdgeGesture.Inputs;
using EdgeGesture.Models;
using EdgeGesture.Outputs;
using EdgeGesture.Power;
using EdgeGesture.Recognition;
using EdgeGesture.Service.Commands;
using EdgeGesture.Telemetry;
using Microsoft.Extensions.Logging;

namespace EdgeGesture.Service.Hosting;

/// <summary>
/// Everything that the configuration makes: model, camera, outputs, energy account and the pipeline through them. A new
/// configuration closes and opens only what it changes, outputs going safe first.
/// </summary>
/// <remarks>One thread applies configurations and runs the pipeline; any thread reads <see cref="State"/>.</remarks>
internal sealed class Session(TimeProvider clock, ILoggerFactory loggers) : IDisposable
{
    private readonly ILogger _log = loggers.CreateLogger<Session>();
    private readonly PipelineCounters _counters = new();
    private readonly Part<StreamingModel> _model = new();
    private readonly Part<ICamera> _camera = new();
    private readonly Part<IBoard> _board = new();
    private readonly Part<Button> _button = new();
    private readonly Part<OutputDispatcher> _outputs = new();
    private readonly Part<PowerAccount> _power = new();
    private SessionState? _state;

    /// <summary>What runs now.</summary>
    /// <exception cref="InvalidOperationException">No configuration was applied yet.</exception>
    public SessionState State => Volatile.Read(ref _state) ?? throw new InvalidOperationException("No configuration was applied yet.");

    /// <summary>Finds what is wrong with a configuration that needs the model to be found. Changes nothing; any thread.</summary>
    /// <exception cref="EdgeGestureException">The model cannot be used, or the configuration does not fit it.</exception>
    public static void Check(EdgeGestureOptions options)
    {
        using var model = Load(options);
        Check(options, model);
    }

    /// <summary>Makes the service run by a configuration; the pipeline of the one before has ended.</summary>
    /// <param name="options">The configuration.</param>
    /// <param name="awaitsCamera">Whether a camera that is not there is no failure, but waited for.</param>
    /// <exception cref="EdgeGestureException">A part cannot be had; another configuration may be applied.</exception>
    public void Apply(EdgeGestureOptions options, bool awaitsCamera)
    {
        _state?.Pipeline.Dispose();
        var sections = options.ToJson();
        string Key(params ReadOnlySpan<string> names) => string.Join('\n', names.ToArray().Select(name => sections[name]?.ToJsonString()));

        // Outputs first: pins are safe while other parts are opened.
        var outputsKey = Key("board", "outputs", "actions", "pauseButton");
        _outputs.CloseUnless(outputsKey);
        _button.CloseUnless(outputsKey);
        _board.CloseUnless(outputsKey);
        var model = _model.Get(Key("model"), () => Load(options));
        Check(options, model);
        var camera = _camera.Get(Key("camera", "model"), () => OpenCamera(options, model, awaitsCamera));
        var board = _board.Get(outputsKey, () => OpenBoard(options));
        if (options.PauseButton is { } button)
        {
            _button.Get(outputsKey, () => OpenButton(button, board)); // before any output: a line of both is found before a pin has moved
        }

        var outputs = _outputs.Get(outputsKey, () => OutputDispatcher.Create(options.Outputs, options.Actions, board, clock, loggers.CreateLogger<OutputDispatcher>()));
        var power = _power.Get(Key("power"), () => OpenPower(options));
        var pipeline = new Pipeline(camera, model, options, outputs, clock) { Counters = _counters, Power = power, IsPaused = _state?.Pipeline.IsPaused ?? false };
        Volatile.Write(ref _state, new SessionState(options, model, camera, board, power, pipeline));
    }

    /// <summary>Says in the log what runs.</summary>
    public void Announce()
    {
        var (options, model, camera, board, _, _) = State;
        _log.LogInformation("Watching {Camera}, {Mode}", camera.Name, camera.Mode);
        _log.LogInformation("Model {Model}: {Labels} labels, {Cadence} frames per second", model.Path, model.Metadata.Labels.Count, model.Metadata.CadenceFps);
        _log.LogInformation("Board: {Board}, {Outputs} outputs, {Actions} actions", board.Name, options.Outputs.Count, options.Actions.Count);
    }

    /// <summary>Brings the outputs to their safe levels for good. Any thread.</summary>
    public void CloseOutputs() => _outputs.Value?.Dispose();

    public void Dispose()
    {
        _outputs.Dispose();
        _button.Dispose();
        _board.Dispose();
        _state?.Pipeline.Dispose();
        _power.Dispose();
        _camera.Dispose();
        _model.Dispose();
    }

    /// <summary>Opens the model that a configuration names.</summary>
    public static StreamingModel Load(EdgeGestureOptions options) => StreamingModel.Load(ModelFiles.Resolve(options.Model.File), options.Model.Threads);

    /// <summary>Finds what in a configuration does not fit the model.</summary>
    public static void Check(EdgeGestureOptions options, StreamingModel model)
    {
        var problems = ActionTable.CheckGestures(options.Actions, model.Metadata.Labels);
        if (problems.Count > 0)
        {
            throw new ConfigurationException($"with the model {model.Path}", problems);
        }

        _ = new GestureDecoder(model.Metadata, options.Recognition); // names the labels that the model does not have
    }

    private ICamera OpenCamera(EdgeGestureOptions options, StreamingModel model, bool isAwaited)
    {
        _outputs.Value?.MakeSafe("another camera is opened");
        return CameraFactory.Open(options.Camera, model.Metadata.CadenceFps, clock, loggers.CreateLogger<CameraSupervisor>(), isAwaited);
    }

    private IBoard OpenBoard(EdgeGestureOptions options)
    {
        if (options.Board != "simulated" && (options.PauseButton is not null || options.Outputs.Values.Any(output => output.BoardLine is not null)))
        {
            return GpioBoard.Open(options.Board);
        }

        var log = loggers.CreateLogger<SimulatedBoard>();
        return new SimulatedBoard(clock) { Changed = change => log.LogInformation("Simulated {Line} is {Level}", change.Line, change.Level) };
    }

    private Button OpenButton(ButtonOptions options, IBoard board)
    {
        return new Button(board.OpenInput(options.Line, options.Pull), options.Pull, clock, Toggle, Report);

        void Toggle()
        {
            if (Volatile.Read(ref _state)?.Pipeline is { } pipeline)
            {
                pipeline.IsPaused = !pipeline.IsPaused;
                _log.LogInformation("The button {Line} was pressed: recognition {State}", options.Line, pipeline.IsPaused ? "pauses" : "goes on");
            }
        }

        void Report(Exception exception) =>
            _log.LogError("The button {Line} cannot be read any more ({Message}); check its wiring, then: sudo systemctl restart edgegesture", options.Line, exception.Message);
    }

    private PowerAccount OpenPower(EdgeGestureOptions options)
    {
        var power = new PowerAccount(
            PowerMeterDiscovery.Create(clock).Find(options.Power), BoardHealthSource.Create(clock), options.Power, GovernorLevel.For(options.Model.Threads),
            Environment.GetEnvironmentVariable("STATE_DIRECTORY"), clock, loggers.CreateLogger<PowerAccount>());
        power.Start();
        return power;
    }
}
