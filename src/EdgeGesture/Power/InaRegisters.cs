using System.Buffers.Binary;
using System.Device.I2c;

namespace EdgeGesture.Power;

/// <summary>The 16-bit registers of an INA219 or INA226, most significant byte first (SBOS448G section 8.5.6, SBOS547B section 6.5.5.3).</summary>
internal sealed class InaRegisters(I2cDevice device) : IDisposable
{
    public string Place => $"0x{device.ConnectionSettings.DeviceAddress:X2} on I2C bus {device.ConnectionSettings.BusId}";

    public bool TryRead(byte register, out ushort value)
    {
        Span<byte> bytes = stackalloc byte[2];
        try
        {
            device.WriteRead([register], bytes);
        }
        catch (IOException)
        {
            value = 0;
            return false; // nothing answers
        }

        value = BinaryPrimitives.ReadUInt16BigEndian(bytes);
        return true;
    }

    /// <summary>
    /// Sees to it that the configuration register holds a value. False when it did not: then the chip has lost its
    /// settings or is new, and what it has measured so far counts for nothing.
    /// </summary>
    public bool Configure(ushort configuration)
    {
        const byte Configuration = 0x00;
        if (!TryRead(Configuration, out var value))
        {
            return false;
        }

        if (value == configuration)
        {
            return true;
        }

        try
        {
            device.Write([Configuration, (byte)(configuration >> 8), (byte)configuration]);
        }
        catch (IOException)
        {
            // The next reading tells.
        }

        return false;
    }

    public void Dispose() => device.Dispose();
}
