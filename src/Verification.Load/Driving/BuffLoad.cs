using Verification.Objectives;
using Verification.Platform;

namespace Verification.Load;

/// <summary>What a load asks of the platform. Each operation stands in the history of the platform that is handed in.</summary>
/// <param name="platform">The platform.</param>
/// <param name="prefix">What the question of each buff starts with: of no other load.</param>
public sealed class BuffLoad(PlatformUnderTest platform, string prefix)
{
    private const string BeginOfBuffs = "[{";
    private const int Quoted = 60;

    /// <summary>Posts a buff that no other iteration posts.</summary>
    public async Task<IterationAnswer> PostAsync(Iteration iteration, CancellationToken cancellationToken)
    {
        var buff = new BuffToPost($"{prefix} {(iteration.IsWarmUp ? "warm-up" : "load")} {iteration.Number}") { Process = "load" };
        var answer = await platform.PostAsync(buff, cancellationToken).ConfigureAwait(false);
        return AnswerOf(answer.Http, answer is { Outcome: Outcome.Ok, Status: 200, Body.Length: 0 });
    }

    /// <summary>Lists the buffs. A list without any is a wrong answer: the table holds those of the seed. It is not parsed: that would be
    /// load on the machine that is measured.</summary>
    public async Task<IterationAnswer> ListAsync(Iteration iteration, CancellationToken cancellationToken)
    {
        var answer = await platform.GetFromServerAsync(Contract.ListPath, cancellationToken).ConfigureAwait(false);
        return AnswerOf(answer, answer.Status == 200 && answer.Body.StartsWith(BeginOfBuffs, StringComparison.Ordinal));
    }

    /// <summary>How an iteration ended, by what came back.</summary>
    internal static IterationAnswer AnswerOf(HttpAnswer answer, bool isGood) =>
        answer switch
        {
            _ when isGood => IterationAnswer.Ok,
            { Error: OperationCanceledException } => new IterationAnswer(IterationOutcome.TimedOut, "no answer in time"),
            { Error: { } error } => new IterationAnswer(IterationOutcome.Failed, Cut.To(error.Message, Quoted)),
            _ => new IterationAnswer(IterationOutcome.Failed, $"{answer.Status} {Cut.To(answer.Body, Quoted)}".TrimEnd()),
        };
}
