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
        var broker = Stack.Instance(InstanceRole.Broker);
        await using var good = await StartAsync(InstanceRole.Dashboard, "dashboard-good", broker, null);
        await using var wrong = await StartAsync(InstanceRole.Dashboard, "dashboard-wrong", broker, Encoding.ASCII.GetBytes(stranger.Pem));
        await using var late = await StartAsync(InstanceRole.Dashboard, "dashboard-late", expired.Instance, null);
        await using var astray = await StartAsync(InstanceRole.Dashboard, "dashboard-astray", misnamed.Instance, null);

        var prefix = Marker.New("tls");
        var waiting = $"{prefix} waiting";
        var subscribed = await IsSubscribedAsync(broker);
        await SendAsync(misnamed.Instance, waiting);
        await using var server = await StartAsync(InstanceRole.Server, "server-astray", misnamed.Instance, null);
        await AwaitListingAsync(server.Instance);
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
        // For as long as the Dashboards have tried the Server could have taken what waits for it.
        var left = await QueueAsync(misnamed.Instance, Cancellation);
        var ofServer = OfServer(subscribed, left, rows.ContainsKey(waiting)).ToList();
        string[] ofDashboard =
        [
            .. taken
                .Where(answer => answer.Status != 200 || !rows.ContainsKey(answer.Marker))
                .Select(answer => $"good certificate: {answer.Status} {answer.Error}, row: {rows.ContainsKey(answer.Marker)}"),
            .. Refused("certificate of another authority", untrusted, rows),
            .. Refused("expired certificate", outdated, rows),
            .. Refused("certificate for another name", elsewhere, rows),
        ];
        Decide(
            Measurement.OfDeviations("tls.verified", [.. ofDashboard, .. ofServer], (4 * Posts) + 2) with
            {
                Suspects = ofDashboard.Length == 0 && ofServer.Count > 0 ? ["server"] : [],
            }
        );
    }

    private static IEnumerable<string> OfServer(bool subscribed, QueueFigures left, bool stored)
    {
        if (!subscribed)
            yield return "good certificate: a Server does not subscribe";
        if (left.Consumers > 0 || left.Messages == 0 || stored)
            yield return $"certificate for another name: {left.Consumers} consumers, {left.Messages} messages left, row: {stored}";
    }

    private static IEnumerable<string> Refused(string what, IReadOnlyList<PostAnswer> answers, IReadOnlyDictionary<string, long> rows) =>
        answers
            .Where(answer => answer.Outcome == Outcome.Ok || rows.ContainsKey(answer.Marker))
            .Select(answer => $"{what}: {answer.Status}, row: {rows.ContainsKey(answer.Marker)}");

    /// <summary>A service that speaks TLS to a broker, and trusts the run's authority or another one. Whether it gets ready is what is to
    /// be seen.</summary>
    private Task<AddedInstance> StartAsync(Role role, string name, StackInstance broker, byte[]? trusted)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["MQHOST"] = broker.Name,
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
                new Addition(role, name)
                {
                    Environment = environment,
                    Files = files,
                    AwaitReady = false,
                },
                Cancellation
            );
    }

    /// <summary>Lays a buff into the queue of a broker, in the clear.</summary>
    private async Task SendAsync(StackInstance broker, string question)
    {
        await using var connection = await BrokerConnections.ConnectAsync(Stack.BrokerOptions(broker), Cancellation);
        await connection.SendAsync(
            Verification.Platform.Contract.Queue,
            new BuffToPost(question).Body(),
            [new("persistent", "true"), new("content-type", Verification.Platform.Contract.ContentType)],
            Cancellation
        );
    }

    private async Task<QueueFigures> QueueAsync(StackInstance broker, CancellationToken cancellationToken)
    {
        await using var management = await Stack.BrokerAsync(broker, cancellationToken);
        return await management.QueueAsync(Verification.Platform.Contract.Queue, cancellationToken);
    }

    /// <summary>Whether a Server subscribes over TLS at a broker whose certificate is good. Then it goes: with another one beside that of
    /// the stack a fence would be none.</summary>
    private async Task<bool> IsSubscribedAsync(StackInstance broker)
    {
        var others = (await QueueAsync(broker, Cancellation)).Consumers;
        bool subscribed;
        await using (await StartAsync(InstanceRole.Server, "server-good", broker, null))
            subscribed = await ComesAsync(broker, consumers => consumers > others);
        await ComesAsync(broker, consumers => consumers <= others);
        return subscribed;
    }

    private async Task<bool> ComesAsync(StackInstance broker, Func<long, bool> isThere)
    {
        try
        {
            await Eventually.SeeAsync(
                "as many consumers as are awaited",
                Patience,
                ct => QueueAsync(broker, ct),
                queue => isThere(queue.Consumers),
                Cancellation
            );
            return true;
        }
        catch (StateNotSeenException)
        {
            return false;
        }
    }

    /// <summary>Waits until a Server lists, or has ended: from then on it takes what it can.</summary>
    private async Task AwaitListingAsync(StackInstance server)
    {
        await using var through = Platform.Through(server: server);
        await Eventually.IsTrueAsync(
            $"{server.Name} answers GET /buffs, or ends",
            Patience,
            async ct => !(await Stack.Control.StateAsync(server, ct)).Running || (await through.ListAsync(ct)).Status == 200,
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
