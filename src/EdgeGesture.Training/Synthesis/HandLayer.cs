using System.Numerics;

namespace EdgeGesture.Training.Synthesis;

/// <summary>
/// What is drawn before the background: triangles and sprites with a depth buffer at twice the picture's resolution,
/// averaged over the moments of one exposure, which gives soft edges and blur along the motion.
/// </summary>
public sealed class HandLayer
{
    private const int Fine = 2;
    private const int Width = Picture.Width * Fine;
    private const int Height = Picture.Height * Fine;
    private const int Margin = 4; // of the depth buffer, in fine pixels: so far it is looked for what is nearer
    private const int DepthWidth = Width + 2 * Margin;

    // Where it is looked for what is nearer, in places of the depth buffer.
    private static readonly int[] Around =
        [.. new[] { (2, 0), (-2, 0), (0, 2), (0, -2), (4, 0), (-4, 0), (0, 4), (0, -4), (3, 3), (-3, 3), (3, -3), (-3, -3) }
            .Select(way => way.Item2 * DepthWidth + way.Item1)];

    private readonly float[] _depth = new float[DepthWidth * (Height + 2 * Margin) + Vector<float>.Count]; // infinite where nothing is drawn
    private readonly float[] _hidden = new float[Width + Vector<float>.Count]; // of one row
    private readonly Vector3[] _colour = new Vector3[Width * Height];
    private readonly float[] _cover = new float[Width * Height];
    private readonly Vector4[] _sum = new Vector4[Picture.Width * Picture.Height];
    private int _left = Width;
    private int _right = -1;
    private int _top = Height;
    private int _bottom = -1;

    public HandLayer() => Array.Fill(_depth, float.PositiveInfinity);

    /// <summary>Forgets all moments.</summary>
    public void Clear()
    {
        Array.Clear(_sum);
        ClearMoment();
    }

    /// <summary>
    /// Draws one triangle: corners in pixels of the picture with their depth in metres, and their colours (0..1).
    /// </summary>
    public void Triangle(Vector3 a, Vector3 b, Vector3 c, Vector3 colourA, Vector3 colourB, Vector3 colourC)
    {
        float ax = a.X * Fine, ay = a.Y * Fine, bx = b.X * Fine, by = b.Y * Fine, cx = c.X * Fine, cy = c.Y * Fine;
        var area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
        if (MathF.Abs(area) < 1e-6f)
            return;

        // The pixels whose middles may lie in it.
        var left = Math.Max((int)MathF.Ceiling(MathF.Min(ax, MathF.Min(bx, cx)) - 0.5f), 0);
        var right = Math.Min((int)MathF.Floor(MathF.Max(ax, MathF.Max(bx, cx)) - 0.5f), Width - 1);
        var top = Math.Max((int)MathF.Ceiling(MathF.Min(ay, MathF.Min(by, cy)) - 0.5f), 0);
        var bottom = Math.Min((int)MathF.Floor(MathF.Max(ay, MathF.Max(by, cy)) - 0.5f), Height - 1);
        if (left > right || top > bottom)
            return;
        Touch(left, right, top, bottom);
        var scale = 1 / area;
        for (var y = top; y <= bottom; y++)
        {
            var py = y + 0.5f;
            var (rowC, rowB) = ((bx - ax) * (py - ay), (py - ay) * (cx - ax));
            for (var x = left; x <= right; x++)
            {
                var px = x + 0.5f;
                var wc = (rowC - (by - ay) * (px - ax)) * scale;
                var wb = ((px - ax) * (cy - ay) - rowB) * scale;
                var wa = 1 - wb - wc;
                if (wa < 0 || wb < 0 || wc < 0)
                    continue;
                Put(x, y, wa * a.Z + wb * b.Z + wc * c.Z, wa * colourA + wb * colourB + wc * colourC, 1);
            }
        }
    }

    /// <summary>
    /// Draws a sprite whose bottom middle lies at <paramref name="foot"/> (pixels, depth) and whose own upward and
    /// rightward sides are <paramref name="up"/> and <paramref name="right"/> in pixels of the picture.
    /// </summary>
    public void Sprite(HandSprite sprite, Vector3 foot, Vector2 up, Vector2 right, Vector3 light)
    {
        Vector2 origin = new(foot.X * Fine, foot.Y * Fine), u = up * Fine, r = right * Fine;
        var determinant = r.X * u.Y - r.Y * u.X;
        if (MathF.Abs(determinant) < 1e-3f)
            return;
        Span<Vector2> corners = [origin - r / 2, origin + r / 2, origin - r / 2 + u, origin + r / 2 + u];
        float minX = Width, maxX = 0, minY = Height, maxY = 0;
        foreach (var corner in corners)
        {
            (minX, maxX) = (MathF.Min(minX, corner.X), MathF.Max(maxX, corner.X));
            (minY, maxY) = (MathF.Min(minY, corner.Y), MathF.Max(maxY, corner.Y));
        }

        var (left, rightmost) = (Math.Max((int)minX, 0), Math.Min((int)maxX + 1, Width - 1));
        var (top, bottom) = (Math.Max((int)minY, 0), Math.Min((int)maxY + 1, Height - 1));
        if (left > rightmost || top > bottom)
            return;
        Touch(left, rightmost, top, bottom);
        for (var y = top; y <= bottom; y++)
        {
            for (var x = left; x <= rightmost; x++)
            {
                var p = new Vector2(x + 0.5f, y + 0.5f) - origin;
                var across = (p.X * u.Y - p.Y * u.X) / determinant + 0.5f;
                var along = (r.X * p.Y - r.Y * p.X) / determinant;
                if (across is < 0 or >= 1 || along is < 0 or >= 1)
                    continue;
                var (colour, cover) = sprite.Sample(across, 1 - along);
                if (cover > 0.02f)
                    Put(x, y, foot.Z, colour * light, cover);
            }
        }
    }

    /// <summary>Adds what was drawn to the exposure with a share (0..1) of its time, and starts the next moment.</summary>
    /// <param name="share">The share of the time.</param>
    /// <param name="folds">
    /// How much darker it is behind what is a little nearer, between fingers and in a fist: times the share of the
    /// surroundings that is. 0 is not at all, 1 is about as in life.
    /// </param>
    public void EndMoment(float share, float folds)
    {
        for (var y = _top; y <= _bottom; y++)
        {
            FindHidden(y);
            for (var x = _left; x <= _right; x++)
            {
                var at = y * Width + x;
                if (_cover[at] > 0)
                    _sum[y / Fine * Picture.Width + x / Fine] += _cover[at] * share / (Fine * Fine) * new Vector4(_colour[at] * (1 - folds * _hidden[x]), 1);
            }
        }

        ClearMoment();
    }

    /// <summary>Lays the exposure over a picture.</summary>
    public void Over(Picture picture)
    {
        for (var i = 0; i < _sum.Length; i++)
        {
            var layer = _sum[i];
            if (layer.W <= 0)
                continue;
            var rest = 1 - MathF.Min(layer.W, 1);
            picture.Values[i * 3] = picture.Values[i * 3] * rest + layer.X;
            picture.Values[i * 3 + 1] = picture.Values[i * 3 + 1] * rest + layer.Y;
            picture.Values[i * 3 + 2] = picture.Values[i * 3 + 2] * rest + layer.Z;
        }
    }

    // For each place of a row the share (0..1) of the places around it that are nearer than it by what one part of a hand is
    // nearer than the next.
    private void FindHidden(int y)
    {
        const float LeastMetres = 0.004f;
        const float MostMetres = 0.05f;
        var (least, most) = (new Vector<float>(LeastMetres), new Vector<float>(MostMetres));
        for (var x = _left; x <= _right; x += Vector<float>.Count)
        {
            var at = DepthAt(x, y);
            var depth = new Vector<float>(_depth, at);
            var hidden = Vector<int>.Zero;
            foreach (var way in Around)
            {
                var nearer = depth - new Vector<float>(_depth, at + way);
                hidden -= Vector.GreaterThan(nearer, least) & Vector.LessThan(nearer, most); // true is -1
            }

            (Vector.ConvertToSingle(hidden) / Around.Length).CopyTo(_hidden, x);
        }
    }

    private static int DepthAt(int x, int y) => (y + Margin) * DepthWidth + x + Margin;

    private void Put(int x, int y, float depth, Vector3 colour, float cover)
    {
        var (at, depthAt) = (y * Width + x, DepthAt(x, y));
        if (depth >= _depth[depthAt])
            return;
        if (cover < 1 && _cover[at] > 0)
            colour = Vector3.Lerp(_colour[at], colour, cover);
        _depth[depthAt] = depth;
        _colour[at] = colour;
        _cover[at] = MathF.Max(_cover[at], cover);
    }

    private void Touch(int left, int right, int top, int bottom)
    {
        _left = Math.Min(_left, left);
        _right = Math.Max(_right, right);
        _top = Math.Min(_top, top);
        _bottom = Math.Max(_bottom, bottom);
    }

    private void ClearMoment()
    {
        var drawn = Math.Max(_right - _left + 1, 0);
        for (var y = _top; y <= _bottom; y++)
        {
            Array.Clear(_cover, y * Width + _left, drawn);
            Array.Fill(_depth, float.PositiveInfinity, DepthAt(_left, y), drawn);
        }

        (_left, _right, _top, _bottom) = (Width, -1, Height, -1);
    }
}
