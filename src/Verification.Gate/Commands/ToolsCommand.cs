using System.CommandLine;
using System.Runtime.InteropServices;
using Verification.Gate.Tools;
using Verification.Objectives;
using Verification.Stack.Images;
using Verification.Stack.Sessions;

namespace Verification.Gate.Commands;

/// <summary><c>verify tools</c>.</summary>
internal static class ToolsCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static Command Make(Invoker invoke)
    {
        var to = new Option<string?>("--to")
        {
            Description = $"Into this folder. Default: the one that {VerifyVariables.Tools} names, else one in the cache",
            HelpName = "DIR",
        };
        var profile = new Option<string?>("--profile") { Description = "Only what a profile needs. Default: all", HelpName = "NAME" };
        var locking = new Option<bool>("--lock") { Description = "Write what each release is into config/tools.lock, to be committed" };
        var command = new Command(
            "tools",
            """
            Get what the suites need beside the SDK and the images. It comes from the releases that config/versions.yaml names, checked against the checksum file of each, and against config/tools.lock where that knows it.
            What is there already is not asked for again; what has broken off goes on where it ended.

            Exit code 4 where one of them can't be had: the message names each, with the reason and the objectives that go without. What nobody releases is named, too.

            Examples:
              ./verify tools --to /opt/tools && export VERIFY_TOOLS=/opt/tools
              ./verify tools --profile nightly
              ./verify tools --lock
            """
        )
        {
            to,
            profile,
            locking,
        };
        command.SetAction(
            (parsed, _) =>
                invoke(async context =>
                {
                    if (!OperatingSystem.IsLinux() || RuntimeInformation.OSArchitecture != Architecture.X64)
                        throw new MachineException(
                            $"the releases of config/versions.yaml are for linux/amd64, and this is {RuntimeInformation.RuntimeIdentifier}: put the programs themselves into a folder, and name it in {VerifyVariables.Tools}."
                        );
                    var path = Path.GetFullPath(
                        parsed.GetValue(to) ?? VerifyVariables.Value(VerifyVariables.Tools) ?? Path.Combine(ImageStore.CacheFolder, "tools")
                    );
                    var versions = VersionList.Read(context.Root);
                    var toolLock = ToolLock.Read(Path.Combine(context.Root.Config, "tools.lock"));
                    using var folder = ToolFolder.Open(path);
                    using var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
                    var collection = new ToolCollection(folder, toolLock, new ResumingDownload(http, Patience), context.Progress);
                    await collection
                        .PutAsync(versions.Tools, ObjectivesOf(context, parsed.GetValue(profile)), context.Ended)
                        .ConfigureAwait(false);
                    if (parsed.GetValue(locking))
                        toolLock.Add(
                            collection.Seen,
                            versions.Tools.Select(tool => Release.Of(tool.Key, tool.Value)?.Address).OfType<Uri>()
                        );
                    if (collection.Missing is { } missing)
                        throw new MachineException(missing);
                    if (collection.AnyNeeded)
                        context.Progress.Good($"{VerifyVariables.Tools}={path} lets the suites find them");
                    return ExitCodes.Pass;
                })
        );
        return command;
    }

    private static IReadOnlyList<string> ObjectivesOf(CommandContext context, string? profile)
    {
        var gates = GatesFile.Read(context.Root.Gates);
        if (profile is null)
            return [.. gates.Objectives.Keys];
        return gates.Profiles.TryGetValue(profile, out var found)
            ? [.. found.Requirements.Keys]
            : throw new UsageException(
                $"--profile {profile}: {context.Root.Gates} has no such profile; it has {string.Join(", ", gates.Profiles.Keys)}.{Suggestion.Question(profile, gates.Profiles.Keys)}"
            );
    }
}
