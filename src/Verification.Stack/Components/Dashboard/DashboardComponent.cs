using Verification.Stack.Components.Services;

namespace Verification.Stack.Components.Dashboard;

/// <summary>The Dashboard: ready when its own readiness says so, or, where it has none, when <c>/buff</c> is there.</summary>
internal sealed class DashboardComponent : ServiceComponent
{
    /// <inheritdoc />
    public override Role Role => InstanceRole.Dashboard;

    private protected override string ReadyState => DashboardReadiness.State;

    private protected override Task AskAsync(HttpClient http, Uri service) => DashboardReadiness.AskAsync(http, service);

    private protected override IReadOnlyDictionary<string, string> Environment(Surroundings around) =>
        ContractEnvironment.Broker(around).With(around.Sut.Environment.Dashboard);
}
