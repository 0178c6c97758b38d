using EdgeGesture.Configuration;

namespace EdgeGesture.Service.Doctor;

/// <summary>Every check, in the order in which a person would make them.</summary>
internal static class Examination
{
    public static IEnumerable<Finding> Of(Machine machine, EdgeGestureOptions options) =>
    [
        ServiceChecks.Model(options),
        CameraChecks.Camera(machine, options.Camera),
        CameraChecks.Jpeg(machine),
        CameraChecks.Ffmpeg(machine),
        .. PinChecks.Gpio(machine, options),
        PinChecks.I2c(machine, options.Power),
        PinChecks.Groups(machine, options),
        BoardChecks.Meter(machine, options.Power),
        .. BoardChecks.Health(machine, options.Power),
        BoardChecks.Clock(machine),
        BoardChecks.Disk(machine),
    ];
}
