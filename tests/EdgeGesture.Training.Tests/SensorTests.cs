using EdgeGesture.Training.Synthesis;

namespace EdgeGesture.Training.Tests;

public class SensorTests
{
    [Theory]
    [InlineData(0.1f)]
    [InlineData(0.4f)]
    [InlineData(0.9f)]
    public void A_dark_room_is_exposed_longer_and_a_bright_one_shorter(float light)
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var bytes = new Sensor(new Dice(seed)).Expose(Room(light), 0);
            Assert.InRange(bytes.Average(value => value), 30, 225);
        }
    }

    [Fact]
    public void White_balance_takes_most_of_a_lamps_colour_away()
    {
        var casts = Enumerable.Range(0, 20).Select(seed =>
        {
            var bytes = new Sensor(new Dice(seed)).Expose(Room(0.5f, blue: 0.2f), 0);
            return Channel(bytes, 2) / Channel(bytes, 0);
        }).ToList();
        Assert.InRange(casts.Average(), 0.55, 0.95); // 0.4 is what the lamp gives
        Assert.Contains(casts, cast => cast > 0.9);
    }

    [Fact]
    public void Some_cameras_follow_a_change_of_light_slowly_and_some_do_not()
    {
        var lasting = new List<double>();
        for (var seed = 0; seed < 20; seed++)
        {
            var sensor = new Sensor(new Dice(seed));
            var atFirst = sensor.Expose(Room(0.3f), 0).Average(value => value);
            var bright = sensor.Expose(Room(0.6f), 0.1f).Average(value => value);
            Assert.True(bright > atFirst);
            for (var i = 0; i < 25; i++)
                sensor.Expose(Room(0.6f), 0.1f);
            lasting.Add(sensor.Expose(Room(0.6f), 0.1f).Average(value => value) / bright);
        }

        Assert.Contains(lasting, share => share > 0.98);
        Assert.Contains(lasting, share => share < 0.8);
    }

    [Fact]
    public void Noise_is_another_in_each_frame_and_some_cameras_have_none()
    {
        var shares = Enumerable.Range(0, 20).Select(seed =>
        {
            var sensor = new Sensor(new Dice(seed));
            var (first, second) = (sensor.Expose(Room(0.5f), 0), sensor.Expose(Room(0.5f), 0));
            return (double)first.Zip(second).Count(pair => pair.First != pair.Second) / first.Length;
        }).ToList();
        Assert.Contains(shares, share => share == 0);
        Assert.Contains(shares, share => share > 0.5);
    }

    private static double Channel(byte[] rgb, int channel) => rgb.Where((_, i) => i % 3 == channel).Average(value => value);

    // Grey stripes, darker and brighter than the mean.
    private static Picture Room(float light, float blue = 0.5f)
    {
        var picture = new Picture();
        for (var i = 0; i < picture.Values.Length; i++)
            picture.Values[i] = light * (i / 3 % 16 < 8 ? 0.7f : 1.3f) * (i % 3 == 2 ? 2 * blue : 1);
        return picture;
    }
}
