using System.Diagnostics.Metrics;
using EdgeGesture.Power;
using EdgeGesture.Service.Hosting;
using EdgeGesture.Telemetry;

namespace EdgeGesture.Service.Metrics;

/// <summary>The service's state as instruments that are read when somebody collects; they cost nothing in between.</summary>
internal sealed class ServiceInstruments : IDisposable
{
    private readonly Meter _meter = new(PowerAccount.MeterName);
    private readonly CpuClock _cpu = new();

    public ServiceInstruments(Session session)
    {
        Pipeline Pipeline() => session.State.Pipeline;
        _meter.CreateObservableCounter("edgegesture.frames", () => Pipeline().Counters.Captured, "{frame}", "Frames that the camera gave.");
        _meter.CreateObservableCounter("edgegesture.frames.broken", () => Pipeline().Counters.Broken, "{frame}", "Frames among them that were no whole picture.");
        _meter.CreateObservableCounter("edgegesture.inferences", () => Pipeline().Counters.Inferences, "{call}", "Network calls.");
        _meter.CreateObservableGauge("edgegesture.camera.rate", () => Pipeline().View.Read().FramesPerSecond, "{frame}/s", "Frames a second that the camera gives.");
        _meter.CreateObservableGauge("edgegesture.camera.up", () => Pipeline().View.Read().LostFor is null ? 1 : 0, description: "1 while the camera gives frames, 0 while it is lost.");
        _meter.CreateObservableGauge("edgegesture.awake", () => Pipeline().View.Read().IsAwake ? 1 : 0, description: "1 while something moves, 0 while the network sleeps.");
        _meter.CreateObservableGauge("edgegesture.power.level", () => session.State.Power.Level.Index, description: "The power governor's level, 0 being full.");
        _meter.CreateObservableGauge("edgegesture.temperature", () => Temperature(session), "Cel", "The board's hottest sensor.");
        _meter.CreateObservableGauge("process.memory.usage", () => Environment.WorkingSet, "By", "Resident memory.");
        _meter.CreateObservableCounter("process.cpu.time", () => _cpu.GetTimestamp() / 1e9, "s", "Processor time of all threads.");
    }

    public void Dispose() => _meter.Dispose();

    private static Measurement<double>[] Temperature(Session session) => session.State.Power.Snapshot().Health.Celsius is { } celsius ? [new(celsius)] : [];
}
