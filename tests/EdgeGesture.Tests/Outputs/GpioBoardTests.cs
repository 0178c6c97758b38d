using EdgeGesture.Outputs;

namespace EdgeGesture.Tests.Outputs;

public class GpioBoardTests
{
    [Fact]
    public void Without_a_chip_the_sentence_says_what_to_do()
    {
        Assert.SkipWhen(Directory.EnumerateFiles("/dev", "gpiochip*").Any(), "This machine has GPIO chips; tests/device tests them.");
        var error = Assert.Throws<EdgeGestureException>(() => GpioBoard.Open());
        Assert.Contains("there is no /dev/gpiochip* at all", error.Message, StringComparison.Ordinal);
        Assert.Contains("\"simulated\"", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_label_that_no_chip_has_is_named()
    {
        var error = Assert.Throws<EdgeGestureException>(() => GpioBoard.Open("pinctrl-nowhere"));
        Assert.Contains("pinctrl-nowhere", error.Message, StringComparison.Ordinal);
    }
}
