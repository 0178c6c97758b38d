using System.Buffers.Binary;
using System.Device.I2c;

namespace EdgeGesture.Tests.Power;

/// <summary>The registers of an INA219 or INA226 behind an I2C device, and a record of what was written.</summary>
internal sealed class SimulatedIna : I2cDevice
{
    public override I2cConnectionSettings ConnectionSettings { get; } = new(1, 0x40);

    public Dictionary<byte, ushort> Registers { get; } = [];

    public List<byte[]> Writes { get; } = [];

    public bool IsUnplugged { get; set; }

    public bool IsDisposed { get; private set; }

    public override void WriteRead(ReadOnlySpan<byte> writeBuffer, Span<byte> readBuffer)
    {
        ThrowIfUnplugged();
        BinaryPrimitives.WriteUInt16BigEndian(readBuffer, Registers.GetValueOrDefault(writeBuffer[0]));
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        ThrowIfUnplugged();
        Writes.Add(buffer.ToArray());
        Registers[buffer[0]] = BinaryPrimitives.ReadUInt16BigEndian(buffer[1..]);
    }

    public override void Read(Span<byte> buffer) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        IsDisposed = true;
        base.Dispose(disposing);
    }

    private void ThrowIfUnplugged()
    {
        if (IsUnplugged)
        {
            throw new IOException("Error 121 performing I2C data transfer.");
        }
    }
}
