using EdgeGesture.Power;
using EdgeGesture.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace EdgeGesture.Tests.Power;

public sealed class EnergyStateFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("edgegesture-state-").FullName;
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero));
    private readonly LogList _logger = new();
    private readonly EnergyStateFile _file;

    public EnergyStateFileTests() => _file = new EnergyStateFile(_folder, _clock, _logger);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_is_written_is_read_again()
    {
        var state = new LedgerState();
        var ledger = new EnergyLedger(state, _clock);
        ledger.Add(4, 2);
        _clock.Advance(TimeSpan.FromSeconds(2));
        ledger.Add(6, 2);
        _file.Save(state);
        Assert.Equal(state.Total, EnergyStateFile.Read(_folder).Total);
        var read = _file.Load();
        Assert.Equal(10, read.Total.Joules, 1e-9);
        Assert.Equal(10, read.Levels[2].Joules, 1e-9);
        Assert.Equal(state.Hours.Single(), read.Hours.Single());
        Assert.Equal([_file.Path], Directory.GetFiles(_folder));
        Assert.Empty(_logger.Lines);
    }

    [Fact]
    public void Without_a_file_the_account_begins_at_zero_quietly()
    {
        Assert.Equal(0, _file.Load().Total.Joules);
        Assert.Empty(_logger.Lines);
        Assert.Contains(_file.Path, Assert.Throws<EdgeGestureException>(() => EnergyStateFile.Read(_folder)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{ \"version\": 1, \"total\": { \"joules\": 12")]
    [InlineData("{ \"version\": 2 }")]
    [InlineData("{ \"version\": 1, \"total\": { \"joules\": -5 } }")]
    [InlineData("{ \"version\": 1, \"total\": null }")]
    [InlineData("{ \"version\": 1, \"hours\": [ { \"start\": \"2026-03-01T08:00:00+00:00\" } ] }")]
    [InlineData("\0\0\0\0\0\0\0\0")] // what a card leaves of a file that was not flushed
    public void A_damaged_file_is_set_aside_and_said_so(string text)
    {
        File.WriteAllText(_file.Path, text);
        Assert.Contains("damaged", Assert.Throws<EdgeGestureException>(() => EnergyStateFile.Read(_folder)).Message, StringComparison.Ordinal);
        Assert.Equal(0, _file.Load().Total.Joules);
        var aside = _file.Path + ".corrupt-20260301T080000Z";
        Assert.Equal(text, File.ReadAllText(aside));
        Assert.False(File.Exists(_file.Path));
        Assert.Contains(aside, Assert.Single(_logger.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public void A_write_that_fails_is_said_once_and_leaves_the_old_file()
    {
        _file.Save(new LedgerState { Total = { Joules = 7 } });
        var blocked = Path.Join(_folder, "energy.json.new");
        Directory.CreateDirectory(blocked); // in the way of the temporary file, even for root
        _file.Save(new LedgerState { Total = { Joules = 8 } });
        _file.Save(new LedgerState { Total = { Joules = 9 } });
        Assert.Single(_logger.Lines);
        Assert.Equal(7, _file.Load().Total.Joules);
        Directory.Delete(blocked);
        _file.Save(new LedgerState { Total = { Joules = 10 } });
        Assert.Equal(10, _file.Load().Total.Joules);
    }
}
