using Spectre.Console;

namespace EdgeGesture.Service.Demo;

/// <summary>Where the demo shows itself: a live table on a terminal, plain lines elsewhere.</summary>
internal abstract class DemoScreen : IDisposable
{
    public static DemoScreen Create() => Console.IsOutputRedirected || !AnsiConsole.Profile.Capabilities.Ansi ? new PlainScreen() : new TableScreen();

    /// <summary>A clip begins.</summary>
    public abstract void Begin(string clip, string label);

    /// <summary>It has ended.</summary>
    public abstract void End(IReadOnlyList<DemoEvent> events, bool isCorrect);

    public abstract void Dispose();

    private sealed class PlainScreen : DemoScreen
    {
        public override void Begin(string clip, string label) => Console.WriteLine($"{clip}: {label}");

        public override void End(IReadOnlyList<DemoEvent> events, bool isCorrect)
        {
            foreach (var shown in events)
            {
                Console.WriteLine($"  {shown.Time,6}  {shown.Gesture.Gesture}  {shown.Confidence}  {shown.Pins}");
            }

            Console.WriteLine($"  {(isCorrect ? "as expected" : "NOT as expected")}{(events.Count == 0 ? ": nothing fired" : "")}");
        }

        public override void Dispose()
        {
            // Lines need no end.
        }
    }

    private sealed class TableScreen : DemoScreen
    {
        private readonly Table _table = new Table().Border(TableBorder.Rounded).AddColumns("", "shown", "recognised", "at", "sure", "pins");

        // Spectre draws live displays inside a callback; it runs beside us until the last clip.
        private readonly System.Collections.Concurrent.BlockingCollection<Action> _changes = [];
        private readonly Task _drawing;
        private string _label = "";

        public TableScreen() => _drawing = Task.Factory.StartNew(
            () => AnsiConsole.Live(_table).Start(display =>
            {
                foreach (var change in _changes.GetConsumingEnumerable())
                {
                    change();
                    display.Refresh();
                }
            }),
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        public override void Begin(string clip, string label)
        {
            _label = label;
            _changes.Add(() => _table.AddRow("…", Markup.Escape(label), "", "", "", ""));
        }

        public override void End(IReadOnlyList<DemoEvent> events, bool isCorrect)
        {
            var label = _label;
            _changes.Add(() => Replace(label, events, isCorrect));
        }

        private void Replace(string label, IReadOnlyList<DemoEvent> events, bool isCorrect)
        {
            _table.RemoveRow(_table.Rows.Count - 1);
            var mark = isCorrect ? "[green]✓[/]" : "[red]✗[/]";
            if (events.Count == 0)
            {
                _table.AddRow(mark, Markup.Escape(label), "[grey]nothing[/]", "", "", "");
            }

            foreach (var shown in events)
            {
                _table.AddRow(mark, Markup.Escape(label), Markup.Escape(shown.Gesture.Gesture), shown.Time, shown.Confidence, Markup.Escape(shown.Pins));
            }
        }

        public override void Dispose()
        {
            _changes.CompleteAdding();
            _drawing.Wait();
            _changes.Dispose();
        }
    }
}
