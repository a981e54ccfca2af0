using Verification.Objectives;
using Verification.Stack.Leftovers;

// The library is also the program of its watchdog, so that every test assembly carries one beside it.
return args is ["watch", var folder]
    ? await Watchdog.WatchAsync(new RunFolder(folder)).ConfigureAwait(false)
    : 2;
