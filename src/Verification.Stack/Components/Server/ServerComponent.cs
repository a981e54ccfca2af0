using Verification.Stack.Components.Services;

namespace Verification.Stack.Components.Server;

/// <summary>The Server: ready when it lists.</summary>
internal sealed class ServerComponent : ServiceComponent
{
    /// <inheritdoc />
    public override Role Role => InstanceRole.Server;

    private protected override string ReadyState => "answers GET /buffs with 200";

    private protected override async Task AskAsync(HttpClient http, Uri service)
    {
        using var answer = await http.GetAsync(new Uri(service, "buffs")).ConfigureAwait(false);
        answer.EnsureSuccessStatusCode();
    }

    private protected override IReadOnlyDictionary<string, string> Environment(Surroundings around) =>
        ContractEnvironment.BrokerAndStores(around).With(around.Sut.Environment.Server);
}
