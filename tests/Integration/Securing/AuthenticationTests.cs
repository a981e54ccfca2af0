using System.Globalization;
using System.Net.Sockets;
using System.Text;
using MySqlConnector;
using Verification.Stack;
using Verification.Stack.Readiness;
using Verification.Stomp;

namespace Verification.Tests.Integration.Securing;

public sealed class AuthenticationTests(PlatformFixture platform) : Scenario(platform)
{
    private const string Refused = "auth.refused";
    private const string Wrong = "certainly-not-it";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    [Fact]
    [Objective("auth.refused")]
    public async Task No_component_lets_anybody_in_without_credentials_or_with_wrong_ones()
    {
        List<Measurement> measurements = [await MySqlAsync(), await RedisAsync()];
        // A system that can't log in asks for an open broker (sut.yaml): the objective rests on the other components.
        if (!Sut.AnonymousBroker)
            measurements.Add(await BrokerAsync());

        Decide(measurements);
    }

    private async Task<Measurement> MySqlAsync()
    {
        var mysql = Stack.Instance(InstanceRole.Mysql);
        var own = Stack.MySqlOptions(mysql);
        (string User, string Password)[] strangers =
        [
            (own.UserID, string.Empty),
            (own.UserID, Wrong),
            ("root", string.Empty),
            ("root", Wrong),
            ("nobody", string.Empty),
            ("nobody", own.Password),
            ("mysql", string.Empty),
        ];
        var deviations = new List<string>();
        foreach (var (user, password) in strangers)
        {
            var options = Stack.MySqlOptions(mysql);
            (options.UserID, options.Password) = (user, password);
            await using var connection = new MySqlConnection(options.ConnectionString);
            try
            {
                await connection.OpenAsync(Cancellation);
                deviations.Add($"MySQL let '{user}' in {With(password)}");
            }
            catch (MySqlException e) when (e.ErrorCode == MySqlErrorCode.AccessDenied)
            {
                // Refused.
            }
        }

        return Measurement.OfDeviations(Refused, deviations, strangers.Length) with
        {
            Target = mysql.Name,
        };
    }

    private async Task<Measurement> RedisAsync()
    {
        string[] attempts =
        [
            "PING",
            "GET buffs",
            "CLUSTER NODES",
            $"AUTH {Wrong}",
            $"AUTH default {Wrong}",
            $"AUTH nobody {Wrong}",
            "HELLO 3",
            "CONFIG GET requirepass",
        ];
        var nodes = Stack.Instances(InstanceRole.Redis).ToList();
        var answers = await Task.WhenAll(
            nodes.SelectMany(node =>
                attempts.Select(async attempt => (Node: node.Name, Attempt: attempt, Said: await AskRedisAsync(node, attempt)))
            )
        );
        var deviations = answers
            .Where(answer =>
                !answer.Said.StartsWith("-NOAUTH", StringComparison.Ordinal)
                && !answer.Said.StartsWith("-WRONGPASS", StringComparison.Ordinal)
            )
            .Select(answer => $"{answer.Node} answered {answer.Attempt} with '{answer.Said.Split('\r')[0]}'")
            .ToList();

        return Measurement.OfDeviations(Refused, deviations, answers.Length) with
        {
            Target = "redis",
        };
    }

    private async Task<Measurement> BrokerAsync()
    {
        var broker = Stack.Instance(InstanceRole.Broker);
        var own = Stack.BrokerOptions(broker);
        (string? Login, string? Passcode)[] strangers =
        [
            (null, null),
            (string.Empty, string.Empty),
            (own.Login, null),
            (own.Login, Wrong),
            ("nobody", own.Passcode),
            ("admin", "admin"),
        ];
        var deviations = new List<string>();
        foreach (var tls in new[] { false, true })
        {
            foreach (var (login, passcode) in strangers)
            {
                try
                {
                    await using var connection = await StompClient.ConnectAsync(
                        Stack.BrokerOptions(broker, tls) with
                        {
                            Login = login,
                            Passcode = passcode,
                        },
                        Cancellation
                    );
                    deviations.Add($"the broker let '{login}' in {With(passcode)}{(tls ? " over TLS" : string.Empty)}");
                }
                catch (StompException)
                {
                    // Refused: with an ERROR, or by closing the connection.
                }
            }
        }

        var others = (await OpenPortsAsync(broker)).Where(port => !broker.Ports.ContainsKey($"{port}")).ToList();
        foreach (var port in others)
        {
            if ((await StompInsideAsync(broker, port)).StartsWith("CONNECTED", StringComparison.Ordinal))
                deviations.Add($"the broker let nobody in on port {port}");
        }

        // All of them would be refused by a broker that is not there.
        foreach (var known in new[] { own, Stack.BrokerOptions(broker, tls: true) })
            await Eventually.SucceedsAsync(
                $"the broker lets its own in on {known.Port}",
                Patience,
                async ct => await (await StompClient.ConnectAsync(known, ct)).DisposeAsync(),
                Cancellation
            );
        return Measurement.OfDeviations(Refused, deviations, (2 * strangers.Length) + others.Count) with { Target = broker.Name };
    }

    private static string With(string? password) => string.IsNullOrEmpty(password) ? "without a password" : "with a wrong name or password";

    /// <summary>One question in the protocol's inline form; gives all that came.</summary>
    private static async Task<string> AskRedisAsync(StackInstance node, string command)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(Patience);
        using var client = new TcpClient();
        await client.ConnectAsync(AttachedStack.RedisAddress(node), limit.Token);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{command}\r\nQUIT\r\n"), limit.Token);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(limit.Token);
    }

    /// <summary>The TCP ports on which something listens inside.</summary>
    private async Task<IReadOnlyList<int>> OpenPortsAsync(StackInstance instance)
    {
        const string Listening = "0A";
        var table = await Stack.Control.ExecAsync(instance, ["cat", "/proc/net/tcp", "/proc/net/tcp6"], Cancellation);
        return
        [
            .. table
                .Output.Split('\n')
                .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Where(fields => fields.Length > 3 && fields[3] == Listening)
                // Docker's own resolver listens on 127.0.0.11.
                .Where(fields => !fields[1].StartsWith("0B00007F", StringComparison.Ordinal))
                .Select(fields => int.Parse(fields[1].Split(':')[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture))
                .Distinct(),
        ];
    }

    /// <summary>What a port that is not mapped to the host says to a CONNECT of nobody, within a second.</summary>
    private async Task<string> StompInsideAsync(StackInstance instance, int port)
    {
        var script = $@"exec 3<>/dev/tcp/127.0.0.1/{port}; printf 'CONNECT\naccept-version:1.2\nhost:/\n\n\0' >&3; timeout 1 head -c 9 <&3";
        return (await Stack.Control.ExecAsync(instance, ["bash", "-c", script], Cancellation)).Output;
    }
}
