using System.Text;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Containers;
using Verification.Stack.Readiness;

namespace Verification.Stack.Components.Services;

/// <summary>A service of the system under test: any image that keeps the contract.</summary>
internal static class ServiceComponent
{
    /// <summary>The port the contract names.</summary>
    public const int Port = 8080;

    /// <summary>Where a service finds the certificate of the run's authority.</summary>
    public const string AuthorityFile = "/run/verification/ca.crt";

    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(2) };

    /// <summary>The Dashboard: ready when its own readiness says so, or, where it has none, when /buff is there.</summary>
    public static StackComponent Dashboard(InstancePlace place, string image, IReadOnlyDictionary<string, string> environment, string authority)
    {
        var address = Address(place, "/");
        return Of(place, InstanceRole.Dashboard, image, environment, authority, new UntilAnswers(DashboardReadiness.State, _ => DashboardReadiness.AskAsync(Http, address)));
    }

    /// <summary>The Server: ready when it lists.</summary>
    public static StackComponent Server(InstancePlace place, string image, IReadOnlyDictionary<string, string> environment, string authority)
    {
        var address = Address(place, "/buffs");
        return Of(place, InstanceRole.Server, image, environment, authority, new UntilAnswers("answers GET /buffs with 200", async _ =>
        {
            using var answer = await Http.GetAsync(address).ConfigureAwait(false);
            answer.EnsureSuccessStatusCode();
        }));
    }

    private static StackComponent Of(InstancePlace place, InstanceRole role, string image, IReadOnlyDictionary<string, string> environment, string authority, UntilAnswers ready)
    {
        var builder = place.Apply<ContainerBuilder, IContainer, IContainerConfiguration>(new ContainerBuilder(image))
            .WithEnvironment(environment)
            .WithResourceMapping(Encoding.ASCII.GetBytes(authority), AuthorityFile)
            .WithWaitStrategy(Wait.ForUnixContainer().AddCustomWaitStrategy(ready));
        return new StackComponent(place.Name, role, builder.Build(), ready, place.Ports);
    }

    private static Uri Address(InstancePlace place, string path) => new($"http://127.0.0.1:{place.Ports[Port]}{path}");
}
