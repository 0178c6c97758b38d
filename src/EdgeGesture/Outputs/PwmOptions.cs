using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using EdgeGesture.Configuration;

namespace EdgeGesture.Outputs;

/// <summary>A line whose level is anything between off and on: a dimmed lamp, a fan, a servo.</summary>
public sealed record PwmOptions : OutputOptions
{
    /// <summary>What a thread that sleeps between two edges keeps up without being felt: 400 edges a second.</summary>
    public const double HighestSoftwareHertz = 200;

    [Description("The board's own PWM, such as pwmchip0/1 (chip and channel as in /sys/class/pwm), or any GPIO line, such as GPIO18, which the service then switches itself: good for lamps and fans, too restless for servos.")]
    public required string Line { get; set; }

    [Description("Periods a second; at most 200 on a GPIO line. Servos want 50.")]
    [Range(1, 1_000_000)]
    public double FrequencyHertz { get; set; } = 100;

    [Description("The share of the time that it is on when the service starts.")]
    [Range(0, 1)]
    public double Initial { get; set; }

    [Description("The share that it goes to when the service sees nothing or stops; a GPIO line ends at the nearer of off and on.")]
    [Range(0, 1)]
    public double Safe { get; set; }

    public override IReadOnlyList<Verb> Verbs => [Verb.On, Verb.Off, Verb.Level, Verb.Step];

    public override string BoardLine => Line;

    public override IEnumerable<ConfigurationProblem> Check(string key)
    {
        if (FrequencyHertz > HighestSoftwareHertz && !HardwarePwm.TryParse(Line, out _, out _))
        {
            yield return new($"{key}.frequencyHertz", $"{FrequencyHertz}", $"at most {HighestSoftwareHertz} on a GPIO line");
        }
    }
}
