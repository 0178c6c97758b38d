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
    // Where it is looked for what is nearer, in fine pixels.
    private static readonly (int X, int Y)[] Around = [(2, 0), (-2, 0), (0, 2), (0, -2), (4, 0), (-4, 0), (0, 4), (0, -4), (3, 3), (-3, 3), (3, -3), (-3, -3)];

    private readonly float[] _depth = new float[Width * Height];
    private readonly Vector3[] _colour = new Vector3[Width * Height];
    private readonly float[] _cover = new float[Width * Height];
    private readonly Vector4[] _sum = new Vector4[Picture.Width * Picture.Height];
    private int _left = Width;
    private int _right = -1;
    private int _top = Height;
    private int _bottom = -1;

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
        var left = Math.Max((int)MathF.Floor(MathF.Min(ax, MathF.Min(bx, cx))), 0);
        var right = Math.Min((int)MathF.Ceiling(MathF.Max(ax, MathF.Max(bx, cx))), Width - 1);
        var top = Math.Max((int)MathF.Floor(MathF.Min(ay, MathF.Min(by, cy))), 0);
        var bottom = Math.Min((int)MathF.Ceiling(MathF.Max(ay, MathF.Max(by, cy))), Height - 1);
        if (left > right || top > bottom)
            return;
        Touch(left, right, top, bottom);
        var scale = 1 / area;
        for (var y = top; y <= bottom; y++)
        {
            for (var x = left; x <= right; x++)
            {
                var px = x + 0.5f;
                var py = y + 0.5f;
                var wc = ((bx - ax) * (py - ay) - (by - ay) * (px - ax)) * scale;
                var wb = ((px - ax) * (cy - ay) - (py - ay) * (cx - ax)) * scale;
                var wa = 1 - wb - wc;
                if (wa < 0 || wb < 0 || wc < 0)
                    continue;
                Put(y * Width + x, wa * a.Z + wb * b.Z + wc * c.Z, wa * colourA + wb * colourB + wc * colourC, 1);
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
                    Put(y * Width + x, foot.Z, colour * light, cover);
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
        for (var y = _top / Fine; y <= _bottom / Fine; y++)
        {
            for (var x = _left / Fine; x <= _right / Fine; x++)
            {
                var sum = Vector4.Zero;
                for (var i = 0; i < Fine * Fine; i++)
                {
                    var at = (y * Fine + i / Fine) * Width + x * Fine + i % Fine;
                    if (_cover[at] > 0)
                        sum += _cover[at] * new Vector4(_colour[at] * (1 - folds * Hidden(x * Fine + i % Fine, y * Fine + i / Fine)), 1);
                }

                _sum[y * Picture.Width + x] += sum * (share / (Fine * Fine));
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

    // The share (0..1) of the places around one that are nearer than it by what one part of a hand is nearer than the next.
    private float Hidden(int x, int y)
    {
        const float LeastMetres = 0.004f;
        const float MostMetres = 0.05f;
        var depth = _depth[y * Width + x];
        var hidden = 0;
        foreach (var (dx, dy) in Around)
        {
            if (x + dx is < 0 or >= Width || y + dy is < 0 or >= Height)
                continue;
            var at = (y + dy) * Width + x + dx;
            if (_cover[at] > 0 && depth - _depth[at] is > LeastMetres and < MostMetres)
                hidden++;
        }

        return (float)hidden / Around.Length;
    }

    private void Put(int at, float depth, Vector3 colour, float cover)
    {
        if (_cover[at] > 0 && depth >= _depth[at])
            return;
        if (cover < 1 && _cover[at] > 0)
            colour = Vector3.Lerp(_colour[at], colour, cover);
        _depth[at] = depth;
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
        for (var y = _top; y <= _bottom; y++)
            Array.Clear(_cover, y * Width + _left, Math.Max(_right - _left + 1, 0));
        (_left, _right, _top, _bottom) = (Width, -1, Height, -1);
    }
}
