using BenchmarkDotNet.Running;

// dotnet run -c Release --project tests/EdgeGesture.Benchmarks -- --filter '*'
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
