using TorchSharp.Modules;
using static TorchSharp.torch;

namespace EdgeGesture.Training.Fitting;

/// <summary>
/// AdamW (Loshchilov and Hutter, arXiv 1711.05101) with a running average of the weights beside it. All its state is in
/// named tensors, so that one checkpoint file holds everything.
/// </summary>
public sealed class Optimiser
{
    private const double Beta1 = 0.9;
    private const double Beta2 = 0.999;
    private const double Epsilon = 1e-8;
    private const double WeightDecay = 0.01;
    private const double AverageDecay = 0.998;
    private const double LargestGradientNorm = 5;

    private readonly IReadOnlyList<(string Name, Parameter Value)> _parameters;
    private readonly Tensor[] _mean;
    private readonly Tensor[] _square;
    private readonly Tensor[] _average;

    public Optimiser(IEnumerable<(string Name, Parameter Value)> parameters)
    {
        _parameters = [.. parameters];
        foreach (var (_, value) in _parameters)
            value.requires_grad = true;
        using var quiet = no_grad();
        _mean = [.. _parameters.Select(p => zeros_like(p.Value).DetachFromDisposeScope())];
        _square = [.. _parameters.Select(p => zeros_like(p.Value).DetachFromDisposeScope())];
        _average = [.. _parameters.Select(p => p.Value.detach().clone().DetachFromDisposeScope())];
    }

    /// <summary>Steps made so far.</summary>
    public int Steps { get; private set; }

    /// <summary>
    /// One step along the gradients, which are cleared; parameters without one stay. The learning rate of what follows
    /// MobileNetV2's layers is <paramref name="headFactor"/> times theirs.
    /// </summary>
    public void Step(double learningRate, double headFactor)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        Steps++;
        var norm = stack([.. _parameters.Where(p => p.Value.grad is not null).Select(p => p.Value.grad!.square().sum())]).sum().sqrt().item<float>();
        var clip = Math.Min(1, LargestGradientNorm / (norm + 1e-6));
        var averageDecay = Math.Min(AverageDecay, (1 + Steps) / (10.0 + Steps));
        for (var i = 0; i < _parameters.Count; i++)
        {
            var (name, value) = _parameters[i];
            if (value.grad is not { } gradient)
                continue;
            gradient.mul_(clip);
            var rate = learningRate * (name.Contains("features.", StringComparison.Ordinal) ? 1 : headFactor);
            _mean[i].mul_(Beta1).add_(gradient, alpha: 1 - Beta1);
            _square[i].mul_(Beta2).addcmul_(gradient, gradient, value: 1 - Beta2);
            var denominator = _square[i].sqrt().mul_(1 / Math.Sqrt(1 - Math.Pow(Beta2, Steps))).add_(Epsilon);
            if (value.Dimensions > 1)
                value.mul_(1 - rate * WeightDecay);
            value.addcdiv_(_mean[i], denominator, value: -rate / (1 - Math.Pow(Beta1, Steps)));
            _average[i].mul_(averageDecay).add_(value, alpha: 1 - averageDecay);
            gradient.zero_();
        }
    }

    /// <summary>Puts the averaged weights into the network and the trained ones where they were; call again to go back.</summary>
    public void SwapAverage()
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        for (var i = 0; i < _parameters.Count; i++)
        {
            var trained = _parameters[i].Value.clone();
            _parameters[i].Value.copy_(_average[i]);
            _average[i].copy_(trained);
        }
    }

    /// <summary>Everything needed to go on: trained weights, average and moments by name.</summary>
    public Dictionary<string, Tensor> State()
    {
        var state = new Dictionary<string, Tensor>();
        for (var i = 0; i < _parameters.Count; i++)
        {
            var name = _parameters[i].Name;
            state[$"average.{name}"] = _average[i];
            state[$"trained.{name}"] = _parameters[i].Value;
            state[$"mean.{name}"] = _mean[i];
            state[$"square.{name}"] = _square[i];
        }

        return state;
    }

    public void Restore(IReadOnlyDictionary<string, Tensor> state, int steps)
    {
        using var quiet = no_grad();
        foreach (var (name, target) in State())
        {
            if (!state.TryGetValue(name, out var saved) || !saved.shape.SequenceEqual(target.shape))
                throw new TrainingException($"The checkpoint does not fit this network at {name}; resume with the labels it was trained with.");
            target.copy_(saved);
        }

        Steps = steps;
    }
}
