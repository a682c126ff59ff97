Screen screen = Ranks.Launched is null ? Screen.OfProcess() : Screen.OfRank();
return await CommandLine.RunAsync(args, Ranks.Launched > 0 ? Screen.Silent : screen);
