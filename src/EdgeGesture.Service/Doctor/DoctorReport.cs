namespace EdgeGesture.Service.Doctor;

/// <summary>The answer of <c>edgegesture doctor --json</c>.</summary>
internal sealed record DoctorReport(IReadOnlyList<Finding> Checks);
