using System.Numerics;

namespace EdgeGesture.Training.Synthesis;

/// <summary>
/// A rough person who sits before the camera: shoulders, neck, face and hair, in the performer's own skin and cloth, so
/// that a skin-coloured blob alone is no hand.
/// </summary>
public sealed class Sitter
{
    private readonly Vector3 _skin;
    private readonly Vector3 _cloth;
    private readonly Vector3 _hair;
    private readonly Vector2 _head;
    private readonly Vector2 _headSize;
    private readonly float _shoulders;
    private readonly float _hairline;
    private readonly float _shade;
    private readonly bool _glasses;
    private readonly Sway _sway;
    private readonly Sway _nod;

    public Sitter(Dice dice, Vector3 skin, Vector3 cloth)
    {
        _skin = skin;
        _cloth = cloth;
        _hair = Skin.Cloth(dice) * 0.3f;
        var height = Picture.Unit * dice.Between(11, 24);
        _headSize = new Vector2(height * dice.Between(0.68f, 0.82f), height);
        _head = new Vector2(Picture.Width / 2 + dice.Normal(16 * Picture.Unit), Picture.Unit * dice.Between(24, 62));
        _shoulders = height * dice.Between(1.7f, 2.4f);
        _hairline = dice.Between(-0.7f, -0.3f);
        _shade = dice.Between(-0.4f, 0.4f);
        _glasses = dice.Chance(0.3f);
        var lively = dice.Chance(0.3f);
        _sway = new Sway(dice, Picture.Unit * (lively ? 10 : dice.Between(0, 3)));
        _nod = new Sway(dice, Picture.Unit * (lively ? 4 : dice.Between(0, 1.5f)));
    }

    public void Paint(Picture picture, float seconds)
    {
        var sway = _sway.At(seconds);
        var head = _head + sway + _nod.At(seconds);
        var chest = _head + sway * 0.6f + new Vector2(0, _headSize.Y * 1.35f);
        var top = Math.Max((int)(head.Y - _headSize.Y * 1.3f), 0);
        for (var y = top; y < Picture.Height; y++)
        {
            for (var x = 0; x < Picture.Width; x++)
            {
                var p = new Vector2(x, y);
                var light = 1 + _shade * (x - head.X) / (_headSize.X * 3);
                var body = (p - chest - new Vector2(0, _shoulders)) / new Vector2(_shoulders, _shoulders);
                var trunk = body.Y > 0 ? MathF.Abs(body.X) * 1.02f : body.Length();
                Blend(picture, x, y, _cloth * light * (1 - 0.15f * MathF.Abs(body.X)), (1 - trunk) * _shoulders);
                var neck = (p - head - new Vector2(0, _headSize.Y)) / new Vector2(_headSize.X * 0.55f, _headSize.Y * 0.6f);
                Blend(picture, x, y, _skin * light * 0.8f, (1 - neck.Length()) * _headSize.X * 0.5f);
                var hair = (p - head + new Vector2(0, _headSize.Y * 0.12f)) / (_headSize * 1.12f);
                if (hair.Y < 0.35f)
                    Blend(picture, x, y, _hair * light, (1 - hair.Length()) * _headSize.X);
                var face = (p - head) / _headSize;
                if (face.Y > _hairline)
                    Blend(picture, x, y, Face(face, light), (1 - face.Length()) * _headSize.X);
            }
        }
    }

    private Vector3 Face(Vector2 at, float light)
    {
        var eye = new Vector2(MathF.Abs(at.X) - 0.4f, at.Y + 0.1f);
        var dark = eye.Length() < 0.14f ? 0.35f
            : _glasses && MathF.Abs(eye.Length() - 0.3f) < 0.06f ? 0.2f
            : MathF.Abs(at.Y + 0.32f) < 0.05f && MathF.Abs(at.X) is > 0.2f and < 0.6f ? 0.45f
            : MathF.Abs(at.Y - 0.52f) < 0.06f && MathF.Abs(at.X) < 0.3f ? 0.6f
            : MathF.Abs(at.X) < 0.09f && at.Y is > 0 and < 0.3f ? 0.85f : 1;
        return _skin * light * dark * (1.05f - 0.25f * at.LengthSquared());
    }

    private static void Blend(Picture picture, int x, int y, Vector3 colour, float insidePixels)
    {
        var cover = Math.Clamp(insidePixels + 0.5f, 0, 1);
        if (cover <= 0)
            return;
        var at = (y * Picture.Width + x) * 3;
        picture.Values[at] += (colour.X - picture.Values[at]) * cover;
        picture.Values[at + 1] += (colour.Y - picture.Values[at + 1]) * cover;
        picture.Values[at + 2] += (colour.Z - picture.Values[at + 2]) * cover;
    }
}
