using System.Runtime.InteropServices;
using System.Text;

namespace EdgeGesture.Outputs;

/// <summary>
/// A GPIO chip as the kernel describes it (Documentation/userspace-api/gpio/chardev_v1.rst, linux/gpio.h). The first
/// version of the interface is used, as the Jetson Nano's 4.9 kernel has no other.
/// </summary>
/// <param name="Number">The N of /dev/gpiochipN.</param>
/// <param name="Label">The hardware: <c>pinctrl-bcm2711</c>.</param>
/// <param name="Lines">How many lines it has.</param>
public sealed partial record GpioChip(int Number, string Label, int Lines)
{
    private const int NameBytes = 32; // GPIO_MAX_NAME_SIZE
    private const int ReadOnlyCloseOnExec = 0x80000; // O_RDONLY | O_CLOEXEC
    private const nuint GetChipInfo = 0x8044B401; // GPIO_GET_CHIPINFO_IOCTL
    private const nuint GetLineInfo = 0xC048B402; // GPIO_GET_LINEINFO_IOCTL
    private const uint KernelOwns = 1; // GPIOLINE_FLAG_KERNEL: in use by the kernel or a program

    public string Path => $"/dev/gpiochip{Number}";

    /// <summary>One line: its offset on the chip, its name (may be empty), and who uses it (null when it is free).</summary>
    public sealed record Line(int Offset, string Name, string? User);

    /// <summary>Every chip that this user may open, and whether there are others.</summary>
    public static IReadOnlyList<GpioChip> All(out bool someForbidden)
    {
        var chips = new List<GpioChip>();
        someForbidden = false;
        Span<byte> info = stackalloc byte[2 * NameBytes + sizeof(uint)]; // struct gpiochip_info
        foreach (var path in Directory.EnumerateFiles("/dev", "gpiochip*").Order(StringComparer.Ordinal))
        {
            if (!int.TryParse(path.AsSpan("/dev/gpiochip".Length), out var number))
            {
                continue;
            }

            var handle = Open(path, ReadOnlyCloseOnExec);
            if (handle < 0)
            {
                someForbidden = true;
                continue;
            }

            info.Clear();
            if (Ioctl(handle, GetChipInfo, ref MemoryMarshal.GetReference(info)) == 0)
            {
                chips.Add(new GpioChip(number, Text(info.Slice(NameBytes, NameBytes)), (int)MemoryMarshal.Read<uint>(info[(2 * NameBytes)..])));
            }

            _ = Close(handle);
        }

        return chips;
    }

    /// <summary>The line with a name (<c>GPIO17</c>) or a number on the chip (<c>17</c>), or null.</summary>
    public Line? Find(string nameOrNumber)
    {
        var handle = Open(Path, ReadOnlyCloseOnExec);
        if (handle < 0)
        {
            return null;
        }

        try
        {
            var isNumber = uint.TryParse(nameOrNumber, out var number);
            return Enumerable.Range(0, Lines).Select(offset => Read(handle, offset))
                .FirstOrDefault(line => isNumber ? line.Offset == number : line.Name.Equals(nameOrNumber, StringComparison.OrdinalIgnoreCase));
        }
        finally
        {
            _ = Close(handle);
        }
    }

    private static Line Read(int handle, int offset)
    {
        Span<byte> info = stackalloc byte[2 * sizeof(uint) + 2 * NameBytes]; // struct gpioline_info
        info.Clear();
        MemoryMarshal.Write(info, (uint)offset);
        _ = Ioctl(handle, GetLineInfo, ref MemoryMarshal.GetReference(info));
        var user = Text(info.Slice(2 * sizeof(uint) + NameBytes, NameBytes));
        var isUsed = (MemoryMarshal.Read<uint>(info[sizeof(uint)..]) & KernelOwns) != 0;
        return new Line(offset, Text(info.Slice(2 * sizeof(uint), NameBytes)), isUsed ? user : null);
    }

    private static string Text(ReadOnlySpan<byte> bytes) =>
        Encoding.UTF8.GetString(bytes[..(bytes.IndexOf((byte)0) is var end and >= 0 ? end : bytes.Length)]);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Ioctl(int handle, nuint request, ref byte argument);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int handle);
}
