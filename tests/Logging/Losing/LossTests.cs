using Verification.Chaos.Faults;
using Verification.Stack.Additions;
using Verification.Stack.Components.Logging;
using Verification.Stack.Readiness;

namespace Verification.Tests.Logging.Losing;

public sealed class LossTests(PlatformFixture platform) : LoggedScenario(platform)
{
    private const string Talker = "talker";
    private const int PerSecond = 250;
    private static readonly TimeSpan Away = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan WritingDeadline = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan FoundDeadline = TimeSpan.FromSeconds(90);

    // Fewer than one answer holds; more than are written in 30 s.
    private readonly NumberedLines lines = new(NewWord(), 9_500);

    /// <inheritdoc />
    protected override TimeSpan MostOfDeciding => TimeSpan.FromMinutes(6);

    /// <summary>It stands still while lines are written for 30 s and more: connections stay open, and nobody answers.</summary>
    [Fact]
    [Objective("logs.lossless")]
    public async Task Nothing_is_lost_while_Elasticsearch_is_away()
    {
        await using var talker = await TalkAsync();
        await AwaitFoundAsync(lines.Count / 20);
        await using var frozen = await InjectAsync(Faults.Freeze(Stack.Instance(LoggingRole.Elasticsearch)));
        var since = TimeProvider.System.GetTimestamp();
        await AwaitWrittenAsync(talker, lines.Count);
        var away = TimeProvider.System.GetElapsedTime(since);
        await frozen.HealAsync(Cancellation);
        Unavailable(away >= Away ? null : $"Elasticsearch was away for {away.TotalSeconds:0} s only");
        await DecideAsync(frozen.Fault);
    }

    /// <summary>Its disk is nearly full, or its queue is: what it refuses now it takes later.</summary>
    [Fact]
    [Objective("logs.lossless")]
    public async Task Nothing_is_lost_while_Elasticsearch_refuses_what_is_written()
    {
        await using var talker = await TalkAsync();
        await AwaitFoundAsync(lines.Count / 20);
        await using var refusing = await InjectAsync(
            new RefusedWritesFault(Log.Elasticsearch, Stack.Instance(LoggingRole.Elasticsearch).Name)
        );
        await AwaitWrittenAsync(talker, lines.Count);
        Unavailable(
            await Log.Elasticsearch.RefusesAsync(LogStream.Lines, Cancellation)
                ? null
                : "Elasticsearch took lines again before it was told to"
        );
        await refusing.HealAsync(Cancellation);
        await DecideAsync(refusing.Fault);
    }

    /// <summary>It dies at once, three times, while lines are written: what it has read and not sent lies on its disk.</summary>
    [Fact]
    [Objective("logs.lossless")]
    public async Task Nothing_is_lost_when_Fluentd_is_killed_and_started()
    {
        await using var talker = await TalkAsync();
        IFault fault = Faults.Kill(Stack.Instance(LoggingRole.Fluentd));
        foreach (var part in Enumerable.Range(1, 3))
        {
            await AwaitFoundAsync(lines.Count * part / 5);
            await using var killed = await InjectAsync(fault);
            await killed.HealAsync(Cancellation);
        }

        await AwaitWrittenAsync(talker, lines.Count);
        await DecideAsync(fault);
    }

    private async Task<AddedInstance> TalkAsync() =>
        await RequireAdditions()
            .StartAsync(new Addition(LoggingRole.NodeLogs, Talker) { Command = lines.Command(PerSecond) }, Cancellation);

    private async Task AwaitFoundAsync(int count) =>
        await Eventually.SeeAsync(
            $"{count} of the {lines.Count} lines are found",
            WritingDeadline,
            ct => Log.Elasticsearch.CountAsync(LogStream.Lines, "message", lines.Mark, ct),
            found => found >= count,
            Cancellation
        );

    private async Task AwaitWrittenAsync(AddedInstance talker, int count) =>
        await Eventually.IsTrueAsync(
            $"the talker has written {count} lines",
            WritingDeadline,
            async ct => (await Stack.Control.LogAsync(talker.Instance, tail: 1, ct)).TrimEnd() == $"{lines.Mark} {count}",
            Cancellation
        );

    private async Task DecideAsync(IFault fault)
    {
        await AwaitOnNodeAsync(lines.Mark, lines.Count);
        IReadOnlyList<string> faults = [];
        try
        {
            await Eventually.IsTrueAsync(
                "every line is found",
                FoundDeadline,
                async ct => (faults = await FaultsAsync(ct)).Count == 0,
                Cancellation
            );
        }
        catch (StateNotSeenException)
        {
            // What is lost is counted.
        }

        Decide(Measurement.OfDeviations("logs.lossless", faults, lines.Count) with { Fault = fault.Name, Target = fault.Target });
    }

    /// <summary>A line of which it is not known any more who wrote it is as good as lost.</summary>
    private async Task<IReadOnlyList<string>> FaultsAsync(CancellationToken cancellationToken) =>
        lines.Faults(
            (await Log.Elasticsearch.FindAsync(LogStream.Lines, "message", lines.Mark, cancellationToken))
                .Where(line => line.Pod == Talker)
                .Select(line => line.Message)
        );
}
