using System.CommandLine;
using System.Text.Json;
using Verification.Cluster.Releases;
using Verification.Gate.Admission;
using Verification.Gate.Publishing;
using Verification.Gate.Runs;
using Verification.Gate.Trends;
using Verification.Objectives;

namespace Verification.Gate.Commands;

/// <summary><c>verify history</c>.</summary>
internal static class HistoryCommand
{
    public static Command Make(Invoker invoke)
    {
        var objective = new Option<string?>("--objective") { Description = "This objective only", HelpName = "ID" };
        var last = new Option<int?>("--last") { Description = "The last N runs, or releases, only", HelpName = "N" };
        last.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && (!int.TryParse(token.Value, out var count) || count < 1))
                result.AddError($"--last {token.Value}: expected a whole number of runs, from 1");
        });
        var registry = PublishCommand.Registry("The runs that were published there, in place of those of runs/");
        var cluster = new Option<bool>("--cluster")
        {
            Description = "The releases that were let through to a cluster, in place of the objectives",
        };
        var kubectl = new Option<string?>("--context") { Description = "Of --cluster: context of kubectl", HelpName = "NAME" };
        var space = new Option<string?>("--namespace") { Description = "Of --cluster: namespace of the platform", HelpName = "NAME" };
        var json = new Option<bool>("--json") { Description = "As one JSON document on standard output" };
        var command = new Command(
            "history",
            """
            Tell the trend and the flake rate of each objective over the stored runs.

            Counted are the judged runs of runs/, those of --only too; not those of mutants, nor those that a signal ended. A figure is that of the
            line that decided. Flakes: two runs are twins if they agree in commit (clean), images, config/, gates.yaml, profile, scope and
            environment; of all runs that have a twin, it is the share whose verdict is not the most frequent one among their twins; – where no
            run has one. The trend shows the last 20 runs, oldest first, from min to max.

            Examples:
              ./verify history
              ./verify history --objective restart.recovers --last 50
              ./verify history --registry registry.example/team
              ./verify history --json
              ./verify history --cluster --context production --namespace sportbuff
            """
        )
        {
            objective,
            last,
            registry,
            cluster,
            kubectl,
            space,
            json,
        };
        command.Validators.Add(result =>
        {
            var isCluster = result.GetResult(cluster) is not null;
            if (isCluster && new Option[] { kubectl, space }.FirstOrDefault(each => result.GetResult(each) is null) is { } missing)
                result.AddError($"--cluster needs {missing.Name}: whichever is current might not be the one that is meant.");
            if (isCluster && new Option[] { objective, registry }.FirstOrDefault(each => result.GetResult(each) is not null) is { } idle)
                result.AddError($"{idle.Name} is about the objectives of runs, and --cluster tells releases: leave one out.");
            if (!isCluster && new Option[] { kubectl, space }.FirstOrDefault(each => result.GetResult(each) is not null) is { } placed)
                result.AddError($"{placed.Name} says where --cluster looks: name that, too, or leave it out.");
        });
        command.SetAction(
            (parsed, _) =>
                invoke(async context =>
                {
                    if (parsed.GetValue(cluster))
                        return await OfClusterAsync(
                                context,
                                new ClusterPlace(parsed.GetValue(kubectl)!, parsed.GetValue(space)!),
                                parsed.GetValue(last),
                                parsed.GetValue(json)
                            )
                            .ConfigureAwait(false);
                    var left = new List<string>();
                    var place = parsed.GetValue(registry);
                    var judged = (
                        place is null
                            ? StoredRuns.Judged(context.Root.Runs, left.Add)
                            : await PublishedAsync(place, left.Add, context.Ended).ConfigureAwait(false)
                    )
                        .Where(run => run.Record.Mutant is null && run.Record.Interrupted is not ("SIGINT" or "SIGTERM" or "SIGHUP"))
                        .TakeLast(parsed.GetValue(last) ?? int.MaxValue)
                        .ToList();
                    var trends = ObjectiveTrend.Of(judged);
                    if (parsed.GetValue(objective) is { } id)
                        trends =
                        [
                            trends.FirstOrDefault(trend => trend.Objective == id)
                                ?? throw new UsageException(
                                    $"--objective {id}: none of {judged.Count} runs judged it.{Suggestion.Question(id, trends.Select(trend => trend.Objective))}"
                                ),
                        ];
                    if (parsed.GetValue(json))
                    {
                        context.Progress.Console.Profile.Out.Writer.WriteLine(
                            JsonSerializer.Serialize(
                                new
                                {
                                    schema = 1,
                                    runs = judged.Select(run => run.Record.Id),
                                    leftOut = left,
                                    objectives = trends,
                                },
                                DocumentReader.Json
                            )
                        );
                        return ExitCodes.Pass;
                    }

                    left.ForEach(context.Progress.Doubt);
                    if (judged.Count > 0)
                        TrendTable.Print(context.Progress.Console, trends);
                    context.Progress.Say(
                        judged.Count > 0
                            ? $"judged runs: {judged.Count}, from {judged[0].Record.Id} to {judged[^1].Record.Id}"
                            : $"no run in {place ?? context.Root.Runs} has been judged yet"
                    );
                    return ExitCodes.Pass;
                })
        );
        return command;
    }

    private static async Task<int> OfClusterAsync(CommandContext context, ClusterPlace place, int? last, bool json)
    {
        var history = await ReleaseRecorder.ReadAsync(place.Context, place.Namespace, context.Ended).ConfigureAwait(false);
        IReadOnlyList<RecordedRelease> releases = [.. history.Releases.TakeLast(last ?? int.MaxValue)];
        if (json)
            context.Progress.Console.Profile.Out.Writer.WriteLine(
                JsonSerializer.Serialize(new { schema = 1, releases }, DocumentReader.Json)
            );
        else if (releases.Count > 0)
            ReleaseTable.Print(context.Progress.Console, releases);
        else
            context.Progress.Say($"no release is recorded in {place.Namespace}/{ReleaseHistory.Name} of context {place.Context} yet");
        return ExitCodes.Pass;
    }

    private static async Task<IReadOnlyList<JudgedRun>> PublishedAsync(
        string registry,
        Action<string> unreadable,
        CancellationToken cancellationToken
    )
    {
        using var attested = new AttestedRuns(unreadable);
        // Every release has a Server: no run is found beside the other images alone.
        return await attested.OfRepositoryAsync(PublishOptions.NameOf(registry, "server", "any"), cancellationToken).ConfigureAwait(false);
    }
}
