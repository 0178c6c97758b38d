using System.ComponentModel;

namespace EdgeGesture.Configuration;

/// <summary>The configuration's section "control": how people on this machine look inside the service.</summary>
public sealed record ControlOptions
{
    [Description("The Unix socket that status, top and snapshot ask: \"auto\" (in systemd's runtime directory, else in $XDG_RUNTIME_DIR/edgegesture), a path, or \"off\".")]
    public string Socket { get; set; } = "auto";

    [Description("Whether \"edgegesture snapshot\" may show the camera's picture to those who may use the socket.")]
    public bool AllowSnapshot { get; set; }
}
