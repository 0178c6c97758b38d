using System.Globalization;

namespace EdgeGesture.Power;

/// <summary>
/// The power management chip of a Raspberry Pi 5: twelve rails' volts and amperes (<c>vcgencmd pmic_read_adc</c>). What
/// hangs on the 5 V itself (USB, HATs) is not among them; the input is inferred by a line that users fitted to meters.
/// </summary>
public sealed class PmicMeter(IVideoCore videoCore) : IPowerMeter
{
    // Input watts over the sum of the rails, fitted by jfikar (github.com/jfikar/RPi5-power) against a USB meter.
    private const double FitSlope = 1.1451;
    private const double FitOffsetWatts = 0.5879;

    public string Source => "the Pi 5's power management chip (board without USB devices, by the community's fit)";

    public bool IsMeasured => true;

    /// <summary>Each reading starts a program.</summary>
    public TimeSpan LeastInterval => TimeSpan.FromSeconds(5);

    public bool TryRead(out double watts)
    {
        watts = 0;
        if (!videoCore.TryAsk("pmic_read_adc", out var answer) || !TrySumRails(answer, out var railWatts))
        {
            return false;
        }

        watts = railWatts * FitSlope + FitOffsetWatts;
        return true;
    }

    public void Dispose()
    {
    }

    // Lines such as "   VDD_CORE_A current(7)=10.87674000A" and "   VDD_CORE_V volt(15)=0.89745940V".
    private static bool TrySumRails(string answer, out double watts)
    {
        watts = 0;
        var amperes = new Dictionary<string, double>();
        var rails = 0;
        foreach (var line in answer.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, equals) = (line.Split(' ')[0], line.IndexOf('='));
            if (name.Length < 3 || equals < 0
                || !double.TryParse(line.AsSpan(equals + 1).TrimEnd("AV"), NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
                || !double.IsFinite(value))
            {
                return false;
            }

            // Voltages without a current (EXT5V, BATT) belong to no rail.
            var rail = name[..^2];
            if (name.EndsWith("_A", StringComparison.Ordinal))
            {
                amperes[rail] = value;
            }
            else if (amperes.TryGetValue(rail, out var current))
            {
                watts += current * value;
                rails++;
            }
        }

        return rails > 0 && rails == amperes.Count && watts >= 0;
    }
}
