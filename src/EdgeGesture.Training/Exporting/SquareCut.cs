using EdgeGesture.Training.Exporting.Onnx;

namespace EdgeGesture.Training.Exporting;

/// <summary>
/// Writes down how a square of a picture is brought to a fixed side, bilinearly, the picture's last pixels going on beyond its
/// edge. It is what GridSample does, but rows and columns one after the other: for each row of the square two rows of the
/// picture are mixed, then one product of matrices mixes the columns. ONNX Runtime's GridSample goes from pixel to pixel
/// and takes a tenth of the time of the whole network.
/// </summary>
public static class SquareCut
{
    /// <summary>Gives the name of the square, 1×3×side×side.</summary>
    /// <param name="graph">The graph to write to.</param>
    /// <param name="frame">1×3×size×size.</param>
    /// <param name="size">The picture's side, pixels.</param>
    /// <param name="middle">1×2, of the square, −1..1 right and down.</param>
    /// <param name="half">1×1, half of the square's side in halves of the picture's.</param>
    /// <param name="side">The square's side, pixels.</param>
    public static string Write(GraphBuilder graph, string frame, int size, string middle, string half, int side)
    {
        // Where the square's rows and columns lie in the picture, in its pixels from the middle of the first.
        var places = Enumerable.Range(0, side).Select(i => ((i + 0.5f) * 2 / side - 1) * size / 2).ToArray();
        var spread = graph.Node("Mul", "square.spread", [graph.Constant("square.places", places, 1, side), half]);
        var scaled = graph.Node("Mul", "square.scaled", [middle, graph.Constant("square.scale", [size / 2f], [])]);
        var middles = graph.Split("square.middles", graph.Node("Add", "square.middle", [scaled, graph.Constant("square.offset", [size / 2f - 0.5f], [])]), 1, 1);
        graph.Constant("square.first", [0f], []);
        graph.Constant("square.last", [size - 1f], []);
        graph.Constant("square.one", [1f], []);
        var columns = Within("square.columns", middles[0]);
        var rows = Within("square.rows", middles[1]);

        var above = graph.Node("Floor", "square.above", [rows]);
        var below = graph.Node("Min", "square.below", [graph.Node("Add", "square.next", [above, "square.one"]), "square.last"]);
        var share = graph.Node("Reshape", "square.share", [graph.Node("Sub", "square.beyond", [rows, above]), graph.Constant("square.column", side, 1)]);
        graph.Constant("square.line", side);
        var upper = Rows("square.upper", above);
        var difference = graph.Node("Sub", "square.difference", [Rows("square.lower", below), upper]);
        var mixed = graph.Node("Add", "square.mixed", [upper, graph.Node("Mul", "square.shared", [difference, share])]);

        var all = graph.Constant("square.all", [.. Enumerable.Range(0, size).Select(i => (float)i)], size, 1);
        var away = graph.Node("Abs", "square.away", [graph.Node("Sub", "square.apart", [all, columns])]);
        var mix = graph.Node("Relu", "square.mix", [graph.Node("Sub", "square.near", ["square.one", away])]);
        return graph.Node("MatMul", "square", [mixed, mix]);

        string Within(string name, string start) =>
            graph.Node("Clip", name, [graph.Node("Add", $"{name}.free", [spread, start]), "square.first", "square.last"]);

        string Rows(string name, string which)
        {
            var line = graph.Node("Reshape", $"{name}.line", [which, "square.line"]);
            var index = graph.Node("Cast", $"{name}.index", [line], GraphBuilder.Int("to", (int)TensorProto.Types.DataType.Int64));
            return graph.Node("Gather", name, [frame, index], GraphBuilder.Int("axis", 2));
        }
    }
}
