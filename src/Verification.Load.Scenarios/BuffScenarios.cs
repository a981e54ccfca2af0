using NBomber.Contracts;
using NBomber.CSharp;
using Verification.Platform;

namespace Verification.Load.Scenarios;

/// <summary>What users of the platform do. Each operation stands in the history of the platform that is handed in.</summary>
/// <param name="platform">The platform.</param>
/// <param name="prefix">What the question of each buff starts with: of no other load.</param>
public sealed class BuffScenarios(PlatformUnderTest platform, string prefix)
{
    /// <summary>Name of the scenario that posts.</summary>
    public const string Posts = "post";

    /// <summary>Name of the scenario that lists.</summary>
    public const string Lists = "get";

    /// <summary>Name of the scenario whose users each have a connection of their own.</summary>
    public const string Readers = "readers";

    private const string Connection = "connection";
    private const string BeginOfBuffs = "[{";
    private const int Quoted = 60;
    private long posted;

    /// <summary>Told of each buff when its POST was answered with 200.</summary>
    public Action<string>? Acknowledged { get; init; }

    /// <summary>Each iteration posts a buff that no other posts.</summary>
    public ScenarioProps Post(params LoadSimulation[] load) =>
        Scenario
            .Create(
                Posts,
                async _ =>
                {
                    var buff = new BuffToPost($"{prefix} {Interlocked.Increment(ref posted)}") { Process = "load" };
                    // Not the scenario's token: what was sent is answered, and accounted for.
                    var answer = await platform.PostAsync(buff, CancellationToken.None).ConfigureAwait(false);
                    var isGood = answer is { Status: 200, Body.Length: 0 };
                    if (isGood)
                        Acknowledged?.Invoke(buff.Question);
                    return ResponseOf(answer.Http, isGood);
                }
            )
            .WithLoadSimulations(load);

    /// <summary>Each iteration lists the buffs.</summary>
    public ScenarioProps List(params LoadSimulation[] load) =>
        Scenario
            .Create(
                Lists,
                async _ =>
                    ResponseOfList(await platform.GetFromServerAsync(Contract.ListPath, CancellationToken.None).ConfigureAwait(false))
            )
            .WithLoadSimulations(load);

    /// <summary>Each user lists the buffs over a connection of his own, which stays, and then thinks.</summary>
    /// <param name="connect">Makes a connection to the Server.</param>
    /// <param name="thinks">How long.</param>
    /// <param name="load">How many users; a closed model.</param>
    public static ScenarioProps Read(Func<IHttpTransport> connect, TimeSpan thinks, params LoadSimulation[] load) =>
        Scenario
            .Create(
                Readers,
                async context =>
                {
                    if (!context.ScenarioInstanceData.TryGetValue(Connection, out var own))
                        context.ScenarioInstanceData[Connection] = own = connect();
                    var listed = await Step.Run(
                            Lists,
                            context,
                            async () =>
                                ResponseOfList(
                                    await ((IHttpTransport)own)
                                        .SendAsync(new HttpQuestion(HttpMethod.Get, Contract.ListPath), CancellationToken.None)
                                        .ConfigureAwait(false)
                                )
                        )
                        .ConfigureAwait(false);
                    await Task.Delay(thinks, context.ScenarioCancellationToken).ConfigureAwait(false);
                    return listed;
                }
            )
            .WithLoadSimulations(load);

    /// <summary>A list without any buff is a wrong answer: the table holds those of the seed. It is not parsed: that would be load on the
    /// machine that is measured.</summary>
    private static Response<object> ResponseOfList(HttpAnswer answer) =>
        ResponseOf(answer, answer.Status == 200 && answer.Body.StartsWith(BeginOfBuffs, StringComparison.Ordinal));

    /// <summary>How a request ended, by what came back.</summary>
    internal static Response<object> ResponseOf(HttpAnswer answer, bool isGood) =>
        answer switch
        {
            _ when isGood => Response.Ok(statusCode: $"{answer.Status}", sizeBytes: answer.Body.Length),
            // The status and the words that NBomber gives for it.
            { Error: OperationCanceledException } => Response.Fail(statusCode: "-100", message: "operation timeout"),
            { Error: { } error } => Response.Fail(message: Cut.To(error.Message, Quoted)),
            _ => Response.Fail(statusCode: $"{answer.Status}", message: Cut.To(answer.Body, Quoted)),
        };
}
