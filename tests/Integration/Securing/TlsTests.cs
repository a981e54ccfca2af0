using System.Text;
using Verification.Stack;
using Verification.Stack.Additions;
using Verification.Stack.Certificates;
using Verification.Stack.Components.Brokers;
using Verification.Stack.Readiness;

namespace Verification.Tests.Integration.Securing;

public sealed class TlsTests(PlatformFixture platform) : Scenario(platform)
{
    private const int Posts = 3;
    private const string OtherAuthority = "/run/verification/other.crt";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    [Objective("tls.verified")]
    public async Task Over_TLS_only_a_valid_certificate_of_a_trusted_authority_gets_a_buff()
    {
        using var authority = RequireAdditions().OpenAuthority();
        using var stranger = CertificateAuthority.Create();
        await using var expired = await RequireAdditions()
            .StartAsync(
                new Addition(InstanceRole.Broker, "activemq-expired")
                {
                    Certificate = authority.Issue(["activemq-expired"], DateTimeOffset.UtcNow.AddDays(-1)),
                },
                Cancellation
            );
        await using var misnamed = await RequireAdditions()
            .StartAsync(
                new Addition(InstanceRole.Broker, "activemq-misnamed")
                {
                    Certificate = authority.Issue(["activemq-elsewhere"], DateTimeOffset.UtcNow.AddDays(1)),
                },
                Cancellation
            );
        var broker = Stack.Instance(InstanceRole.Broker).Name;
        await using var good = await DashboardAsync("dashboard-good", broker, null);
        await using var wrong = await DashboardAsync("dashboard-wrong", broker, Encoding.ASCII.GetBytes(stranger.Pem));
        await using var late = await DashboardAsync("dashboard-late", expired.Instance.Name, null);
        await using var astray = await DashboardAsync("dashboard-astray", misnamed.Instance.Name, null);

        var prefix = Marker.New("tls");
        // A refusal takes as long as the Dashboard tries.
        var all = await Task.WhenAll(
            PostAsync(good, $"{prefix} good", until: 200),
            PostAsync(wrong, $"{prefix} wrong"),
            PostAsync(late, $"{prefix} late"),
            PostAsync(astray, $"{prefix} astray")
        );
        var (taken, untrusted, outdated, elsewhere) = (all[0], all[1], all[2], all[3]);

        // Only what was taken over the good connection has come through.
        await Platform.FenceAsync(Cancellation);
        var rows = await Platform.Table.RowsAsync(prefix, Cancellation);
        string[] deviations =
        [
            .. taken
                .Where(answer => answer.Status != 200 || !rows.ContainsKey(answer.Marker))
                .Select(answer => $"good certificate: {answer.Status} {answer.Error}, row: {rows.ContainsKey(answer.Marker)}"),
            .. Refused("certificate of another authority", untrusted, rows),
            .. Refused("expired certificate", outdated, rows),
            .. Refused("certificate for another name", elsewhere, rows),
        ];
        Decide(Measurement.OfDeviations("tls.verified", deviations, 4 * Posts));
    }

    private static IEnumerable<string> Refused(string what, IReadOnlyList<PostAnswer> answers, IReadOnlyDictionary<string, long> rows) =>
        answers
            .Where(answer => answer.Outcome == Outcome.Ok || rows.ContainsKey(answer.Marker))
            .Select(answer => $"{what}: {answer.Status}, row: {rows.ContainsKey(answer.Marker)}");

    /// <summary>A Dashboard that speaks TLS to a broker, and trusts the run's authority or another one. Whether it gets ready is what is to
    /// be seen.</summary>
    private Task<AddedInstance> DashboardAsync(string name, string broker, byte[]? trusted)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["MQHOST"] = broker,
            ["MQPORT"] = $"{BrokerPorts.StompTls}",
            ["MQTLSENABLE"] = "true",
        };
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        if (trusted is not null)
        {
            environment["SSL_CERT_FILE"] = OtherAuthority;
            files[OtherAuthority] = trusted;
        }

        return RequireAdditions()
            .StartAsync(
                new Addition(InstanceRole.Dashboard, name)
                {
                    Environment = environment,
                    Files = files,
                    AwaitReady = false,
                },
                Cancellation
            );
    }

    /// <summary>Posts to a Dashboard once it answers at all, or has ended.</summary>
    /// <param name="dashboard">The Dashboard.</param>
    /// <param name="prefix">Begin of the questions.</param>
    /// <param name="until">Status to wait for; null for any answer.</param>
    private async Task<IReadOnlyList<PostAnswer>> PostAsync(AddedInstance dashboard, string prefix, int? until = null)
    {
        var through = Platform.Through(dashboard: dashboard.Instance);
        await Eventually.IsTrueAsync(
            $"{dashboard.Instance.Name} answers POST /buff{(until is null ? string.Empty : $" with {until}")}, or ends",
            Patience,
            async ct =>
            {
                if (!(await Stack.Control.StateAsync(dashboard.Instance, ct)).Running)
                    return true;
                var status = (await through.PostAsync($"{prefix} first", cancellationToken: ct)).Status;
                return until is null ? status != 0 : status == until;
            },
            Cancellation
        );
        return await through.PostManyAsync(
            [.. Enumerable.Range(0, Posts).Select(index => $"{prefix} {index}")],
            clients: Posts,
            Cancellation
        );
    }
}
