using System.Diagnostics;
using Verification.Cluster.Deployments;
using Verification.Cluster.Rotation;
using Verification.Platform;
using Verification.Stack;
using Verification.Stack.Readiness;

namespace Verification.Tests.Deployment.Cluster;

/// <summary>A password that is changed where secrets are kept, outside the cluster.</summary>
public sealed class RotationTests(SuiteFixture suite, ExposedFixture exposed) : ExposedTest(suite, exposed)
{
    private const string Reaches = "rotation.reaches-pods";
    private const string EndsTheOld = "rotation.ends-the-old";
    private const string User = "sportbuff";
    private const string Server = "server";
    private const string Proxy = "haproxy";

    /// <summary>Requests that are awaited before the password is changed, and again once the old one has gone.</summary>
    private const int Enough = 60;

    private static readonly TimeSpan ReachedWithin = TimeSpan.FromSeconds(180);
    private static readonly TimeSpan ListedWithin = TimeSpan.FromSeconds(10);

    /// <summary>The Server keeps its connections; where all are younger than the change, and there are as many as it has pods, each was
    /// opened by what its pod holds since then.</summary>
    [Fact]
    [Objective("rotation.reaches-pods")]
    [Objective("rotation.ends-the-old")]
    [Objective("rotation.answers")]
    [Objective("rotation.lossless")]
    public async Task A_password_that_is_rotated_in_Secrets_Manager_reaches_the_pods_while_they_serve_and_the_old_one_ends()
    {
        var platform = await RequireExposedAsync();
        var secrets = RequireSecrets(platform);
        await using var before = await platform.Platform.AttachAsync(Cancellation);
        var history = new ScenarioHistory(Suite.History, TestName);
        await using var driven = PlatformUnderTest.Of(before, history, Suite.Folder, (_, _) => platform.NewClient(platform.Token()));
        var mysql = await before.PrimaryAsync(InstanceRole.Mysql, Cancellation);
        var account = new MySqlAccount(before.Control, mysql, User);
        var prefix = Marker.New("rotated");
        await using var clients = new GatewayClients(driven, platform.NewClient(token: null), prefix);
        await clients.AwaitRequestsAsync(Enough, Cancellation);

        var (old, young) = (secrets.Password, SimulatedCloud.NewPassword());
        await account.TakeBothAsync(young, Cancellation);
        var reached = await ReachedAsync(platform, secrets, account, young);
        Keep(reached);
        if (reached.Value is not null)
            await account.DiscardOldAsync(Cancellation);
        await clients.AwaitRequestsAsync(Enough, Cancellation);
        await clients.EndAsync();

        // What was attached to before has the old password.
        await using var after = await platform.Platform.AttachAsync(Cancellation);
        await using var again = PlatformUnderTest.Of(after, history, Suite.Folder, (_, _) => platform.NewClient(platform.Token()));
        if (reached.Value is not null)
            Keep(Measurement.OfDeviations(EndsTheOld, await StillOldAsync(account, again, old, young), 3));
        else
            Keep(Measurement.NotMeasured(EndsTheOld, "not all pods had taken the new password, so that the old one was left in force"));
        Keep(Measurement.OfDeviations("rotation.answers", clients.Failed, clients.Requests));
        Decide(Measurement.OfAccount("rotation.lossless", await again.Account.CloseAsync(prefix, Cancellation)));
    }

    /// <summary>From the change until the pods of the Server have connections that are younger than that, and no others.</summary>
    private static async Task<Measurement> ReachedAsync(
        ExposedPlatform platform,
        SimulatedCloud secrets,
        MySqlAccount account,
        string password
    )
    {
        var last = (await account.ConnectionsAsync(Cancellation)).Max(connection => connection.Id);
        await secrets.ChangeAsync(password, Cancellation);
        var changed = Stopwatch.GetTimestamp();
        try
        {
            var seen = await Eventually.SeeAsync(
                "the pods of the Server have opened all connections anew",
                ReachedWithin,
                async ct => new Seen(
                    await ServiceConnections.OfAsync(platform.Client, LocalPlatform.Namespace, Server, Proxy, account, ct),
                    Since: last
                ),
                look => look.Server.AreYoungerThan(last),
                Cancellation
            );
            return new Measurement(Reaches, Stopwatch.GetElapsedTime(changed).TotalSeconds, seen.Server.Pods, Resolution: 0.5);
        }
        catch (StateNotSeenException e)
        {
            return Measurement.OfUnreached(Reaches, e.Unreached);
        }
    }

    /// <summary>What is amiss once the old password was taken away: it still opens, the new one does not, or the Server can't serve with
    /// connections of which none was there before.</summary>
    private static async Task<IReadOnlyList<string>> StillOldAsync(MySqlAccount account, PlatformUnderTest driven, string old, string young)
    {
        List<string> deviations = [];
        if (await account.AdmitsAsync(old, Cancellation))
            deviations.Add("MySQL still takes the old password");
        if (!await account.AdmitsAsync(young, Cancellation))
            deviations.Add("MySQL does not take the new password");
        await account.EndAsync(await account.ConnectionsAsync(Cancellation), Cancellation);
        var marker = Marker.New("rotated-after");
        var posted = await driven.PostAsync(marker, Cancellation);
        if (posted.Outcome != Outcome.Ok)
            deviations.Add($"POST /buff once the connections to MySQL were ended: {posted}");
        else if ((await driven.AwaitListedAsync([marker], ListedWithin, Cancellation)).Count > 0)
            deviations.Add(
                $"a buff is not listed within {ListedWithin.TotalSeconds:0} s once the connections to MySQL were ended: {await driven.ListAsync(Cancellation)}"
            );
        return deviations;
    }

    private sealed record Seen(ServiceConnections Server, long Since)
    {
        public override string ToString() => $"{Server}; the youngest before the change was {Since}";
    }
}
