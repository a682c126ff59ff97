return await CommandLine.RunAsync(args, Ranks.Launched > 0 ? Screen.Silent : Screen.OfProcess());
