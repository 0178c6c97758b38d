using EdgeGesture.Cameras;
using EdgeGesture.Configuration;
using EdgeGesture.Models;
using EdgeGesture.Outputs;
using EdgeGesture.Power;

namespace EdgeGesture.Service.Hosting;

/// <summary>What runs by one configuration. Its parts may be closed by a newer one; what they say of themselves stays readable.</summary>
internal sealed record SessionState(EdgeGestureOptions Options, StreamingModel Model, ICamera Camera, IBoard Board, PowerAccount Power, Pipeline Pipeline);
