using Verification.Objectives;
using Verification.Stack.Leftovers;
using Verification.Stack.NodeLogs;

// The library is also the program of its watchdog and of who follows logs, so that every test assembly carries both beside it.
return args switch
{
    ["watch", var folder] => await Watchdog.WatchAsync(new RunFolder(folder)).ConfigureAwait(false),
    [LogFollower.Command, var stack] => await LogFollower.FollowAsync(stack).ConfigureAwait(false),
    _ => 2,
};
