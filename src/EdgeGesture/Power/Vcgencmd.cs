using System.ComponentModel;
using System.Diagnostics;

namespace EdgeGesture.Power;

/// <summary>Asks a Raspberry Pi's firmware through the program vcgencmd. Needs the group "video" (/dev/vcio).</summary>
public sealed class Vcgencmd : IVideoCore
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private bool _isMissing;

    public bool TryAsk(string question, out string answer)
    {
        answer = "";
        if (_isMissing)
        {
            return false;
        }

        try
        {
            using var process = Process.Start(new ProcessStartInfo("vcgencmd", question)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var output = process.StandardOutput.ReadToEndAsync();
            if (!process.WaitForExit(Patience))
            {
                process.Kill();
                return false;
            }

            answer = output.GetAwaiter().GetResult();
            return process.ExitCode == 0 && answer.Length > 0;
        }
        catch (Win32Exception)
        {
            _isMissing = true; // no Raspberry Pi OS: asking again would only cost
            return false;
        }
    }
}
