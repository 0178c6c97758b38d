namespace EdgeGesture.Cameras;

/// <summary>Asks a device what it offers: formats, of each the sizes, of each the rates.</summary>
internal static class V4l2Modes
{
    private const uint MostEntries = 1024; // against a driver that never says "no more"

    // What a driver that does not list sizes may be asked for; it answers with what it has.
    private static readonly ModeRange AnySize = new(16, 8192);

    /// <summary>Every format's four letters.</summary>
    public static IEnumerable<uint> Formats(V4l2Device device)
    {
        for (var i = 0u; i < MostEntries; i++)
        {
            var description = new V4l2Native.FormatDescription { Index = i, Type = V4l2Native.VideoCapture };
            if (!device.TryControl(V4l2Native.EnumFormats, ref description))
            {
                yield break;
            }

            yield return description.PixelFormat;
        }
    }

    /// <summary>The modes in formats that are understood here.</summary>
    public static IEnumerable<OfferedMode> List(V4l2Device device) =>
        from fourCc in Formats(device)
        let format = V4l2Format.Find(fourCc)
        where format is not null
        from size in Sizes(device, fourCc)
        from fps in Rates(device, fourCc, (uint)size.Width.Least, (uint)size.Height.Least)
        select new OfferedMode(format.Value, size.Width, size.Height, fps);

    private static IEnumerable<(ModeRange Width, ModeRange Height)> Sizes(V4l2Device device, uint fourCc)
    {
        for (var i = 0u; i < MostEntries; i++)
        {
            var size = new V4l2Native.FrameSize { Index = i, PixelFormat = fourCc };
            if (!device.TryControl(V4l2Native.EnumFrameSizes, ref size))
            {
                if (i == 0)
                {
                    yield return (AnySize, AnySize);
                }

                yield break;
            }

            yield return Range(size);
        }
    }

    private static IEnumerable<ModeRange?> Rates(V4l2Device device, uint fourCc, uint width, uint height)
    {
        for (var i = 0u; i < MostEntries; i++)
        {
            var interval = new V4l2Native.FrameInterval { Index = i, PixelFormat = fourCc, Width = width, Height = height };
            if (!device.TryControl(V4l2Native.EnumFrameIntervals, ref interval))
            {
                if (i == 0)
                {
                    yield return null;
                }

                yield break;
            }

            yield return Range(interval);
        }
    }

    /// <summary>A size as the driver describes it: one, or smallest, largest and step of each side.</summary>
    internal static (ModeRange Width, ModeRange Height) Range(in V4l2Native.FrameSize size) => size.Type == V4l2Native.Discrete
        ? (ModeRange.Only(size.Width), ModeRange.Only(size.Height))
        : (new(size.Width, size.MostWidth, size.StepWidth), new(size.LeastHeight, size.MostHeight, size.StepHeight));

    /// <summary>A rate as the driver describes it: one interval in seconds, or the shortest and the longest.</summary>
    internal static ModeRange Range(in V4l2Native.FrameInterval interval)
    {
        var most = Fps(interval.Numerator, interval.Denominator);
        return interval.Type == V4l2Native.Discrete ? ModeRange.Only(most) : new(Fps(interval.MostNumerator, interval.MostDenominator), most);
    }

    private static double Fps(uint numerator, uint denominator) => numerator == 0 ? 0 : (double)denominator / numerator;
}
