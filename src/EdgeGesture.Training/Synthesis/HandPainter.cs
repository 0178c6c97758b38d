using System.Numerics;

namespace EdgeGesture.Training.Synthesis;

/// <summary>Draws one performer's hand and arm: the mesh, or a cut-out photo in its place.</summary>
public sealed class HandPainter
{
    private const int RingSides = 10;
    private const int Rings = 8;
    private const float ForearmMetres = 0.26f;
    private const float Sky = 0.2f;
    private const float Rim = 0.3f;
    private readonly HandMesh _mesh;
    private readonly HandSprite? _sprite;
    private readonly Viewpoint _view;
    private readonly Vector3 _skin;
    private readonly Vector3 _cloth;
    private readonly HandTexture _texture;
    private readonly Vector3[] _camera;
    private readonly Vector3[] _pixels;
    private readonly Vector3[] _lit;
    private readonly bool[] _visible;
    private readonly Vector3 _elbowAnchor;
    private readonly Vector3 _shoulder;
    private readonly bool _upperArm;
    private readonly float _sleeveFrom;
    private readonly float _stripes;
    private readonly float _handSize;
    private readonly Vector3 _light;
    private readonly Vector3 _lightColour;
    private readonly Vector3 _ambient;
    private readonly bool _firstPerson;
    private Vector3[]? _skinColours; // made when first painted

    public HandPainter(Dice dice, Sources sources, Viewpoint view, bool firstPerson, HandSprite? sprite, Vector3 skin, Vector3 cloth)
    {
        _mesh = sources.Mesh;
        _sprite = sprite;
        _view = view;
        _firstPerson = firstPerson;
        _skin = skin;
        _cloth = cloth;
        var count = _mesh.VertexCount;
        (_camera, _pixels, _lit, _visible) = (new Vector3[count], new Vector3[count], new Vector3[count], new bool[count]);
        _elbowAnchor = firstPerson
            ? new Vector3(-dice.Between(-0.05f, 0.25f), -dice.Between(0.18f, 0.32f), -dice.Between(0.12f, 0.3f))
            : new Vector3(-dice.Between(0.02f, 0.2f), -dice.Between(0.2f, 0.36f), -dice.Between(0.02f, 0.2f));
        _shoulder = new Vector3(-dice.Between(0.05f, 0.15f), dice.Between(0.1f, 0.25f), -dice.Between(0.1f, 0.25f));
        _upperArm = !firstPerson && dice.Chance(0.6f);
        _sleeveFrom = dice.Chance(0.55f) ? dice.Between(0, 0.25f) : dice.Chance(0.4f) ? dice.Between(0.3f, 0.9f) : 2;
        _stripes = dice.Chance(0.2f) ? dice.Between(20, 60) : 0;
        _handSize = dice.Between(0.88f, 1.12f);

        _light = Vector3.Normalize(new Vector3(dice.Between(-1, 1), dice.Between(-0.3f, 1), dice.Between(-0.4f, 1)));
        var gain = dice.Chance(0.1f) ? dice.Between(0.35f, 0.7f) : dice.Between(0.7f, 1.4f);
        var tint = new Vector3(1 + dice.Normal(0.03f), 1, 1 + dice.Normal(0.04f));
        var balance = dice.Between(0.3f, 0.7f);
        Folds = dice.Between(0.3f, 1.2f);
        _ambient = gain * balance * tint;
        _lightColour = gain * (1.15f - balance) * tint;
        _texture = new HandTexture(dice, _mesh, skin);
    }

    /// <summary>How dark it is between fingers and in a fist: <see cref="HandLayer.EndMoment"/>.</summary>
    public float Folds { get; }

    /// <summary>Draws the hand of one moment.</summary>
    public void Paint(HandLayer layer, HandKey key)
    {
        var fingers = Vector3.Transform(Vector3.UnitY, key.Facing);
        var arm = Vector3.Normalize(Vector3.Normalize(key.Wrist - _elbowAnchor) + 0.35f * fingers);
        var elbow = key.Wrist - ForearmMetres * arm;
        if (_sprite is null)
            PaintMesh(layer, key);
        else
            PaintSprite(layer, key, _sprite);
        var wristRadius = _sprite is null ? 0.023f : 0.028f;
        Tube(layer, key.Wrist - 0.004f * arm, elbow, wristRadius * _handSize, 0.043f, forearm: true);
        if (_upperArm)
            Tube(layer, elbow, elbow + _shoulder, 0.045f, 0.055f, forearm: false);
    }

    /// <summary>What the camera sees of the hand at a time of its track.</summary>
    public HandSight Sight(HandTrack track, float seconds)
    {
        Span<Vector3> now = stackalloc Vector3[HandSight.PointCount];
        Span<Vector3> before = stackalloc Vector3[HandSight.PointCount];
        var key = track.At(seconds);
        if (!TryPlace(key, now) || !TryPlace(track.At(seconds - HandSight.BeforeSeconds), before))
            return HandSight.None(_firstPerson ? 1 : 0);
        var palm = _view.ToCamera(Vector3.Transform(Vector3.UnitZ, key.Facing));
        return HandSight.Of(now, before, new Vector2(Picture.Width, Picture.Height) / 2, new Vector3(palm.X, -palm.Y, palm.Z), _firstPerson ? 1 : 0);
    }

    // The hand's points in pixels right and down, and as many towards the camera.
    private bool TryPlace(HandKey key, Span<Vector3> points)
    {
        if (_sprite?.Points is { } drawn)
        {
            if (!TryPlaceSprite(key, _sprite, out var foot, out var up, out var right))
                return false;
            var depth = up.Length() / _sprite.Height;
            for (var i = 0; i < points.Length; i++)
            {
                var place = new Vector2(foot.X, foot.Y) + (drawn[i].X - 0.5f) * right + (1 - drawn[i].Y) * up;
                points[i] = new Vector3(place, drawn[i].Z * depth);
            }

            return true;
        }

        _mesh.Points(key.Pose, points);
        for (var i = 0; i < points.Length; i++)
        {
            var place = _view.ToCamera(key.Wrist + Vector3.Transform(points[i] * _handSize, key.Facing));
            if (!_view.TryProject(place, out var pixel))
                return false;
            points[i] = pixel with { Z = place.Z * _view.PixelsAt(pixel.Z) };
        }

        return true;
    }

    private void PaintMesh(HandLayer layer, HandKey key)
    {
        _mesh.Skin(key.Pose, _camera);
        for (var v = 0; v < _camera.Length; v++)
        {
            _camera[v] = _view.ToCamera(key.Wrist + Vector3.Transform(_camera[v] * _handSize, key.Facing));
            _visible[v] = _view.TryProject(_camera[v], out _pixels[v]);
        }

        _mesh.Normals(_camera, _lit);
        for (var v = 0; v < _lit.Length; v++)
            _lit[v] = Lit(_lit[v]);
        _skinColours ??= _texture.Colours();
        var triangles = _mesh.Triangles;
        var weights = HandTexture.Weights;
        var corners = HandTexture.Divided;
        Span<Vector3> pixels = stackalloc Vector3[HandTexture.PointsOfTriangle];
        Span<Vector3> colours = stackalloc Vector3[HandTexture.PointsOfTriangle];
        for (var t = 0; t < triangles.Count; t += 3)
        {
            var (a, b, c) = (triangles[t], triangles[t + 1], triangles[t + 2]);
            if (!_visible[a] || !_visible[b] || !_visible[c] || !IsFront(_pixels[a], _pixels[b], _pixels[c]))
                continue;
            var skin = _skinColours.AsSpan(t / 3 * HandTexture.PointsOfTriangle, HandTexture.PointsOfTriangle);
            for (var i = 0; i < skin.Length; i++)
            {
                var w = weights[i];
                pixels[i] = w.X * _pixels[a] + w.Y * _pixels[b] + w.Z * _pixels[c];
                colours[i] = skin[i] * (w.X * _lit[a] + w.Y * _lit[b] + w.Z * _lit[c]);
            }

            for (var i = 0; i < corners.Length; i += 3)
            {
                var (p, q, r) = (corners[i], corners[i + 1], corners[i + 2]);
                layer.Triangle(pixels[p], pixels[q], pixels[r], colours[p], colours[q], colours[r]);
            }
        }
    }

    // What shows its back lies behind what shows its front: the mesh is closed but where the arm begins.
    private static bool IsFront(Vector3 a, Vector3 b, Vector3 c) => (b.X - a.X) * (c.Y - a.Y) - (b.Y - a.Y) * (c.X - a.X) < 0;

    private void PaintSprite(HandLayer layer, HandKey key, HandSprite sprite)
    {
        if (!TryPlaceSprite(key, sprite, out var foot, out var up, out var right))
            return;
        foot.Z -= 0.01f;
        layer.Sprite(sprite, foot, up, right, _ambient + 0.6f * _lightColour);
    }

    private bool TryPlaceSprite(HandKey key, HandSprite sprite, out Vector3 foot, out Vector2 up, out Vector2 right)
    {
        const float HandMetres = 0.2f;
        var root = _view.ToCamera(key.Wrist);
        var along = _view.ToCamera(Vector3.Transform(Vector3.UnitY, key.Facing));

        // A photo has no depth: a hand that points at the camera is shortened, but never to a line.
        var flat = new Vector3(along.X, along.Y, 0);
        var shown = Math.Clamp(flat.Length(), 0.65f, 1);
        var way = Vector3.Normalize(flat + new Vector3(0, 1e-4f, 0)) * HandMetres * _handSize * shown;
        var side = new Vector3(way.Y, -way.X, 0) * (sprite.Aspect / shown);
        (up, right) = (default, default);
        if (!_view.TryProject(root, out foot) || !_view.TryProject(root + way, out var tip) || !_view.TryProject(root + side, out var beside))
            return false;
        up = new Vector2(tip.X - foot.X, tip.Y - foot.Y);
        right = new Vector2(beside.X - foot.X, beside.Y - foot.Y);
        return true;
    }

    private void Tube(HandLayer layer, Vector3 from, Vector3 to, float fromRadius, float toRadius, bool forearm)
    {
        Span<Vector3> before = stackalloc Vector3[RingSides];
        Span<Vector3> beforeColours = stackalloc Vector3[RingSides];
        Span<Vector3> ring = stackalloc Vector3[RingSides];
        Span<Vector3> colours = stackalloc Vector3[RingSides];
        var axis = Vector3.Normalize(to - from);
        var u = Vector3.Normalize(Vector3.Cross(axis, MathF.Abs(axis.Y) < 0.9f ? Vector3.UnitY : Vector3.UnitX));
        var w = Vector3.Cross(axis, u);
        for (var i = 0; i <= Rings; i++)
        {
            var part = (float)i / Rings;
            var sleeve = !forearm ? _sleeveFrom < 2 : part >= _sleeveFrom;
            var radius = (fromRadius + (toRadius - fromRadius) * part) * (sleeve ? 1.2f : 1);
            var place = Vector3.Lerp(from, to, part);
            var cloth = _stripes > 0 && MathF.Sin(_stripes * part) > 0 ? _cloth * 0.6f : _cloth;
            for (var s = 0; s < RingSides; s++)
            {
                var angle = s * 2 * MathF.PI / RingSides;
                var outwards = MathF.Cos(angle) * u + MathF.Sin(angle) * w;
                if (!_view.TryProject(_view.ToCamera(place + radius * outwards), out ring[s]))
                    return;
                colours[s] = (sleeve ? cloth : _skin) * Lit(_view.ToCamera(outwards));
            }

            if (i > 0)
            {
                for (var s = 0; s < RingSides; s++)
                {
                    var next = (s + 1) % RingSides;
                    layer.Triangle(before[s], before[next], ring[s], beforeColours[s], beforeColours[next], colours[s]);
                    layer.Triangle(before[next], ring[next], ring[s], beforeColours[next], colours[next], colours[s]);
                }
            }

            ring.CopyTo(before);
            colours.CopyTo(beforeColours);
        }
    }

    private Vector3 Lit(Vector3 normal)
    {
        var length = normal.Length();
        var facing = length > 0 ? Vector3.Dot(normal, _light) / length : 0;

        // A room is brighter above than below, and it is darker between fingers and beside an arm than before them.
        var (up, ahead) = length > 0 ? (normal.Y / length, normal.Z / length) : (0, 0);
        return _ambient * (1 + Sky * up) * (1 - Rim * (1 - MathF.Max(ahead, 0))) + _lightColour * MathF.Max(facing, 0);
    }
}
