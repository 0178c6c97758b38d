using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeGesture.Configuration;

/// <summary>The configuration's section "metrics": figures for Prometheus.</summary>
public sealed record MetricsOptions
{
    [Description("The port on 127.0.0.1 where Prometheus may ask, 9464 by custom; null opens none.")]
    [Range(1024, 65535)]
    public int? Port { get; set; }

    [Description("A file for node_exporter's textfile collector, written every 15 s, such as /var/lib/edgegesture/edgegesture.prom; null writes none.")]
    public string? TextFile { get; set; }
}
