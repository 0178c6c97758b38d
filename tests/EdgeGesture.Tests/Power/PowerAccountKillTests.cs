using System.Diagnostics;
using System.Globalization;
using EdgeGesture.Power;
using EdgeGesture.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace EdgeGesture.Tests.Power;

/// <summary>The account of a program that is killed (SIGKILL) while it runs at some thousand times the speed of life.</summary>
public sealed class PowerAccountKillTests : IDisposable
{
    private const double Watts = 3;
    private const double SampleSeconds = 2;
    private const string FolderVariable = "EDGEGESTURE_TEST_ACCOUNT";

    private readonly string _folder = Directory.CreateTempSubdirectory("edgegesture-kill-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_kill_at_any_moment_loses_a_minute_at_most_and_damages_nothing()
    {
        var random = new Random(7);
        var log = new LogList();
        var stored = 0.0;
        for (var kill = 0; kill < 5; kill++)
        {
            var said = Said;
            File.Delete(said);
            using (var victim = StartVictim())
            {
                Assert.True(SpinWait.SpinUntil(() => victim.HasExited || (File.Exists(said) && new FileInfo(said).Length > 20_000), TimeSpan.FromSeconds(60)));
                Thread.Sleep(random.Next(50)); // the moment must not depend on what it does
                Assert.False(victim.HasExited);
                victim.Kill();
                victim.WaitForExit();
            }

            // What it last said to have counted, before or after it was stored.
            var lines = File.ReadAllLines(said);
            var counted = double.Parse(lines[^2], CultureInfo.InvariantCulture);
            var kept = new EnergyStateFile(_folder, TimeProvider.System, log).Load().Total.Joules;
            Assert.InRange(counted - kept, -Watts * SampleSeconds * 2, Watts * 60.01);
            Assert.True(kept > stored, "each life adds to the account of the last");
            stored = kept;
        }

        Assert.Empty(log.Lines);
        Assert.Empty(Directory.GetFiles(_folder, "*corrupt*"));
    }

    /// <summary>Not a test: the program that is killed.</summary>
    [Fact(Explicit = true)]
    public void Victim()
    {
        var folder = Environment.GetEnvironmentVariable(FolderVariable)!;
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 20, 0, 0, TimeSpan.Zero));
        using var account = new PowerAccount(
            new SimulatedMeter { Watts = () => Watts }, new SimulatedHealth(), new PowerOptions { SampleSeconds = SampleSeconds }, GovernorLevel.For(threads: 1), folder, clock, new LogList());
        account.Start();
        using var said = new StreamWriter(Path.Join(folder, "said")) { AutoFlush = true };
        while (true)
        {
            clock.Advance(TimeSpan.FromSeconds(SampleSeconds));
            said.WriteLine(account.Snapshot().Total.Joules.ToString("R", CultureInfo.InvariantCulture));
        }
    }

    private string Said => Path.Join(_folder, "said");

    private Process StartVictim()
    {
        var start = new ProcessStartInfo(Path.Join(AppContext.BaseDirectory, "EdgeGesture.Tests"))
        {
            ArgumentList = { "-explicit", "only", "-method", $"{typeof(PowerAccountKillTests).FullName}.{nameof(Victim)}" },
            Environment = { [FolderVariable] = _folder },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start)!;
    }
}
