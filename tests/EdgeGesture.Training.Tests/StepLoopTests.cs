using EdgeGesture.Training.Fitting;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace EdgeGesture.Training.Tests;

public class StepLoopTests
{
    [Fact]
    public void An_error_in_drawing_a_later_batch_comes_as_it_is()
    {
        using var folder = new TemporaryFolder();
        TinyClips.Write(folder.Root, count: 1);
        using var clips = new ClipFolder([folder.Root]);
        var weight = new Parameter(ones(2, 2));
        var optimiser = new Optimiser([("weight", weight)]);
        var drawn = 0;
        var error = Assert.Throws<TrainingException>(() => new StepLoop("test", 5, "clips", 1, "loss").Run(optimiser, clips, Draw, Learn, save: () => { }));
        Assert.Equal("the third cannot be read", error.Message);
        Assert.Equal(2, optimiser.Steps);

        int Draw() => ++drawn < 3 ? drawn : throw new TrainingException("the third cannot be read");

        double[] Learn(int batch)
        {
            weight.sum().backward();
            optimiser.Step(0.1, 1);
            return [0];
        }
    }
}
