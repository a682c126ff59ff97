using EE569.Benchmarks;

return BenchmarkCommand.Create().Parse(args).Invoke();
