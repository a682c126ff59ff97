return await CommandLine.RunAsync(args, Screen.OfProcess());
