using EE569.Experiments.Commands;
using EE569.Experiments.Terminal;

return await CommandLine.RunAsync(args, Screen.OfProcess());
