namespace EdgeGesture.Service.Hosting;

/// <summary>A part of the running service that a new configuration leaves open while what it was made from stays the same.</summary>
internal sealed class Part<T> : IDisposable
    where T : class, IDisposable
{
    private string? _key;

    public T? Value { get; private set; }

    /// <summary>The part as it is when it was made from the same key, else a new one; the old one is closed first, as a device serves one at a time.</summary>
    public T Get(string key, Func<T> open)
    {
        CloseUnless(key);
        Value ??= open();
        _key = key;
        return Value;
    }

    public void CloseUnless(string key)
    {
        if (_key != key)
        {
            Dispose();
        }
    }

    public void Dispose()
    {
        Value?.Dispose();
        Value = null;
        _key = null;
    }
}
