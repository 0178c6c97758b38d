using EdgeGesture.Configuration;
using EdgeGesture.Service.Control;
using EdgeGesture.Service.Hosting;

namespace EdgeGesture.Service.Doctor;

/// <summary>What EdgeGesture itself is made of: configuration, model, the running service.</summary>
internal static class ServiceChecks
{
    /// <summary>Reads the configuration; the defaults stand in for one that is wrong.</summary>
    public static (Finding Finding, EdgeGestureOptions Options) Configuration(string? file, Func<EdgeGestureOptions> read)
    {
        try
        {
            return (Finding.Ok("configuration", file is null ? "the defaults, as no file is named" : $"{file} is right"), read());
        }
        catch (ConfigurationException exception)
        {
            return (Finding.Of("configuration", Verdict.Fail, exception) with { Remedy = "correct it as said; every key and its values are in deploy/edgegesture.json" }, new EdgeGestureOptions());
        }
    }

    public static Finding Model(EdgeGestureOptions options)
    {
        try
        {
            using var model = Session.Load(options);
            Session.Check(options, model);
            return Finding.Ok("model", $"{model.Path}, version {model.Metadata.Version}, {model.Metadata.Labels.Count} labels");
        }
        catch (EdgeGestureException exception)
        {
            return Finding.Of("model", Verdict.Fail, exception);
        }
    }

    public static async Task<Finding> ServiceAsync(string? socket, CancellationToken cancel)
    {
        try
        {
            using var client = ControlClient.Connect(socket);
            var status = (await client.AskAsync(new Request { Command = "status" }, cancel).ConfigureAwait(false)).Status!;
            return status.Camera.LostSeconds is null
                ? Finding.Ok("service", $"process {status.Pid} runs and sees {status.Camera.Fps:0} frames a second")
                : new Finding("service", Verdict.Fail, $"process {status.Pid} runs, but its camera is lost", "check the camera's cable and power, and see: edgegesture log");
        }
        catch (EdgeGestureException exception)
        {
            return Finding.Of("service", Verdict.Warn, exception);
        }
    }
}
