return await CommandLine.RunAsync(args, Ranks.Launched is not { } rank ? Screen.OfProcess() : rank == 0 ? Screen.OfRank() : Screen.Silent);
