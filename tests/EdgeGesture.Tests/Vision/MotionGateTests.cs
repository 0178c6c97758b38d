using CsCheck;
using EdgeGesture.Cameras;
using EdgeGesture.Tests.Support;
using EdgeGesture.Vision;

namespace EdgeGesture.Tests.Vision;

public sealed class MotionGateTests : IDisposable
{
    private const double CadenceFps = 10;

    // The memory has settled by then.
    private const double Settled = 6;

    private readonly MotionGateScene _scene = new();
    private readonly MotionGate _gate = new(new MotionGateOptions());

    public void Dispose() => _scene.Dispose();

    [Fact]
    public void A_still_scene_sleeps_after_the_hold_time_but_for_signs_of_life()
    {
        var decisions = Observe(0, 70);
        Assert.All(decisions[..20], decision => Assert.Equal(GateDecision.Run, decision));
        var runs = Enumerable.Range(20, 680).Where(i => decisions[i] != GateDecision.Sleep);
        Assert.Equal([319, 619], runs); // 30 s after the last run, then again
        Assert.DoesNotContain(GateDecision.Wake, decisions);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(4)]
    [InlineData(10)]
    [InlineData(20)]
    public void Noise_does_not_wake(double levels)
    {
        _scene.NoiseLevels = levels;
        Observe(0, 15); // long enough to learn even how noisy a night is
        Assert.False(_gate.IsAwake);
        Assert.DoesNotContain(GateDecision.Wake, Observe(15, 30));
    }

    [Theory]
    [InlineData(50, 0.1)]
    [InlineData(50.02, 0.1)]
    [InlineData(59.9, 0.15)]
    [InlineData(47.3, 0.15)]
    public void Mains_light_does_not_wake(double mainsHertz, double depth)
    {
        _scene.Lamp = time => 1 + depth * Math.Cos(2 * Math.PI * 2 * mainsHertz * time);
        Assert.All(Observe(0, 20)[30..], decision => Assert.Equal(GateDecision.Sleep, decision));
    }

    [Theory]
    [InlineData(1.5)]
    [InlineData(2)]
    [InlineData(0.5)]
    [InlineData(0.7)]
    public void A_jump_of_the_exposure_does_not_wake(double gain)
    {
        _scene.Exposure = time => time < Settled ? 1 : gain;
        Assert.All(Observe(0, 15)[30..], decision => Assert.Equal(GateDecision.Sleep, decision));
    }

    [Fact]
    public void A_cloud_and_a_moving_patch_of_sun_do_not_wake()
    {
        _scene.Exposure = time => 1 - 0.3 * Math.Sin(time / 8);
        _scene.Shade = (time, x, y) => 1 + 0.5 / (1 + Math.Exp((x - 80 - time) / 10));
        Assert.All(Observe(0, 25)[30..], decision => Assert.Equal(GateDecision.Sleep, decision));
    }

    [Theory]
    [InlineData(20, 1.5, 12.0)] // a hand three metres away, at a twentieth of the picture's width a second
    [InlineData(40, 1.35, 20.0)]
    [InlineData(40, 0.7, 20.0)]
    public void A_slow_small_hand_wakes(int size, double contrast, double pixelsPerSecond)
    {
        (_scene.HandSize, _scene.HandContrast) = (size, contrast);
        _scene.Hand = time => (140 + pixelsPerSecond * Math.Max(time - Settled, 0), 120);
        Assert.DoesNotContain(GateDecision.Wake, Observe(0, Settled));
        Assert.Contains(GateDecision.Wake, Observe(Settled, Settled + 1.5));
    }

    [Fact]
    public void A_swipe_wakes_before_it_is_an_eighth_across()
    {
        _scene.HandSize = 80;
        _scene.Hand = time => (-40 + 500 * Math.Max(time - Settled, 0), 120);
        Assert.DoesNotContain(GateDecision.Wake, Observe(0, Settled));
        Assert.Contains(GateDecision.Wake, Observe(Settled, Settled + 0.3));
    }

    [Fact]
    public void An_arm_along_the_rows_wakes()
    {
        _scene.Shade = (time, _, y) => time > Settled && y is > 100 and < 150 ? 1.8 : 1;
        Assert.DoesNotContain(GateDecision.Wake, Observe(0, Settled));
        Assert.Contains(GateDecision.Wake, Observe(Settled, Settled + 0.5));
    }

    [Fact]
    public void A_hand_in_flickering_noisy_light_wakes()
    {
        _scene.NoiseLevels = 6;
        _scene.Lamp = time => 1 + 0.1 * Math.Cos(2 * Math.PI * 100.3 * time);
        _scene.Hand = time => (100 + 60 * Math.Max(time - Settled, 0), 120);
        Assert.DoesNotContain(GateDecision.Wake, Observe(0, Settled));
        Assert.Contains(GateDecision.Wake, Observe(Settled, Settled + 1));
    }

    [Fact]
    public void It_wakes_once_and_stays_awake_for_the_hold_time()
    {
        _scene.Hand = time => time is > 6 and < 7 ? (100 + 100 * (time - 6), 120) : (-100, -100);
        var decisions = Observe(0, 20);
        var wake = decisions.IndexOf(GateDecision.Wake);
        Assert.InRange(wake, 60, 62);
        Assert.DoesNotContain(GateDecision.Wake, decisions[(wake + 1)..]);

        // The last look at motion may be a quarter of a second before its end.
        Assert.All(decisions[(wake + 1)..87], decision => Assert.Equal(GateDecision.Run, decision));
        Assert.Equal(GateDecision.Sleep, decisions[^1]);
    }

    [Theory]
    [InlineData(3.3)]
    [InlineData(5.0)]
    [InlineData(30.0)]
    public void The_hold_time_is_the_same_at_any_cadence(double cadenceFps)
    {
        var decisions = Observe(0, 6, cadenceFps);
        Assert.InRange(decisions.IndexOf(GateDecision.Sleep) / cadenceFps, 1.9, 2.4);
    }

    [Theory]
    [InlineData(-5.0)]
    [InlineData(60.0)]
    public void A_gap_in_time_starts_anew_awake(double gapSeconds)
    {
        Observe(0, 10);
        Assert.False(_gate.IsAwake);
        Assert.Equal(GateDecision.Wake, _gate.Observe(_scene.At(10 + gapSeconds)));
    }

    [Fact]
    public void Switched_off_it_lets_every_frame_through()
    {
        var gate = new MotionGate(new MotionGateOptions { Enabled = false });
        for (var i = 0; i < 50; i++)
        {
            Assert.Equal(GateDecision.Run, gate.Observe(_scene.At(i / CadenceFps)));
        }
    }

    [Fact]
    public void The_same_frames_give_the_same_decisions()
    {
        using var picture = TestFrame.Random(PixelFormat.Yuyv, 64, 48, seed: 3);
        using var other = TestFrame.Random(PixelFormat.Yuyv, 64, 48, seed: 4);
        Gen.Int[0, 5].Array[1, 60].Sample(choices =>
        {
            var gates = (MotionGate[])[new(new MotionGateOptions()), new(new MotionGateOptions())];
            gates[1].Observe(other.At(TimeSpan.FromSeconds(100), 0));
            gates[1].Reset();
            return choices.Select((choice, i) => (choice == 0 ? other : picture).At(TimeSpan.FromSeconds(i / CadenceFps), i))
                .All(frame => gates[0].Observe(frame) == gates[1].Observe(frame));
        }, iter: 20, threads: 1);
    }

    [Fact]
    public void A_frame_that_is_too_short_is_refused_with_its_sizes()
    {
        using var picture = new TestFrame(PixelFormat.Yuyv, 64, 48, new byte[1000]);
        var error = Assert.Throws<EdgeGestureException>(() => _gate.Observe(picture.Frame));
        Assert.Contains("1000 bytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_allocated_per_frame()
    {
        Observe(0, 3);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 30; i < 60; i++)
        {
            _gate.Observe(_scene.At(i / CadenceFps));
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private List<GateDecision> Observe(double from, double to, double cadenceFps = CadenceFps)
    {
        var decisions = new List<GateDecision>();
        for (var i = (int)Math.Ceiling(from * cadenceFps); i < to * cadenceFps; i++)
        {
            decisions.Add(_gate.Observe(_scene.At(i / cadenceFps)));
        }

        return decisions;
    }
}
